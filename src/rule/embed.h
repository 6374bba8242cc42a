/*
 * embed: a file of the tree as bytes of the program. Paths are relative to the root of the tree.
 */
#ifndef RULE_EMBED_H
#define RULE_EMBED_H

/* SYMBOL to SYMBOL_end, and a NUL behind. */
#define EMBED(symbol, file)                                                              \
	__asm__(".pushsection .rodata\n"                                                 \
		".global " #symbol "\n.hidden " #symbol "\n" #symbol ":\n"               \
		".incbin \"" file "\"\n"                                                 \
		".global " #symbol "_end\n.hidden " #symbol "_end\n" #symbol "_end:\n"   \
		".byte 0\n.popsection\n");                                               \
	extern const char symbol[], symbol##_end[]

#endif
