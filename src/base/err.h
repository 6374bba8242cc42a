/*
 * err: the one result type. Our own bug is an assert; bad data is a diag; what
 * is left, the environment's fault or "the reader cannot go on", is an enum err
 * that the compiler does not let a caller drop.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#define NODISCARD __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))

#define ERR_LIST(X)                                                            \
	X(OK, "ok")                                                            \
	X(ERR_IO, "input or output error")                                     \
	X(ERR_OPEN, "cannot be opened")                                        \
	X(ERR_NOMEM, "out of memory")                                          \
	X(ERR_SHORT, "input ends early")                                       \
	X(ERR_TRAILING, "bytes left over")                                     \
	X(ERR_RANGE, "out of range")                                           \
	X(ERR_SYNTAX, "not in the form expected")                              \
	X(ERR_COUNT, "count larger than the bytes that hold it")               \
	X(ERR_LIMIT, "over a named limit")                                     \
	X(ERR_CORRUPT, "compressed data is damaged")                           \
	X(ERR_CONTRADICT, "contradicts itself")                                \
	X(ERR_UNKNOWN, "not recognised")                                       \
	X(ERR_STOPPED, "stopped by the caller")                                \
	X(ERR_SIGNATURE, "signature does not verify")

enum err {
#define X(name, text) name,
	ERR_LIST(X)
#undef X
};

/* Text of an error, never NULL, static. */
const char *err_text(enum err e);

/* The one macro with control flow: hand an error to the caller. */
#define TRY(expr)                                                              \
	do {                                                                   \
		enum err try_err_ = (expr);                                    \
		if (try_err_ != OK)                                            \
			return try_err_;                                       \
	} while (0)

#endif
