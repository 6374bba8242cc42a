/*
 * limits: every maximum that outside data can hit, in one place, each with its
 * reason. A limit that is hit is reported by name (ERR_LIMIT), never silently.
 */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

#define FEED_CHUNK (256u * 1024u)	/* one read: larger gains nothing, measured */
#define LINE_MAX_BYTES (4u << 20)	/* longest line: a huge aut-num attribute is 100 kB */
#define MRT_RECORD_MAX (64u << 20)	/* 65535 entries of 1 kB; the largest seen are 2 MB */
#define MRT_PEERS_MAX 65535u		/* RFC 6396 4.3.1: the count has 16 bits */
#define BGP_MESSAGE_MAX 65535u		/* RFC 8654: extended messages */
#define AS_PATH_HOPS_MAX 4096u		/* 10 times the longest path ever reported as an incident */
#define PATHS_MAX (1u << 28)		/* ids have 32 bits; leave room for flags */
#define SIGHTINGS_MAX (UINT32_MAX - 1)	/* their ids have 32 bits: 400 full tables of 10 M */
#define VANTAGE_MAX 65535u		/* ids have 16 bits */
#define FOLDER_DEPTH_MAX 64u		/* folders in folders */
#define JSON_DEPTH_MAX 64u		/* routing JSON nests 6 deep */
#define JSON_TREE_DEPTH_MAX 2048u	/* of a document read whole: jansson's own, JSON_PARSER_MAX_DEPTH */
#define JSON_STRING_MAX (1u << 20)	/* PeeringDB notes reach 100 kB */
#define JSON_NUMBER_MAX 64u		/* digits of a double and its exponent fit many times */
#define PDB_ROW_MAX 8192u		/* texts kept of one PeeringDB object: names of 255 characters */
#define ASPA_PROVIDERS_MAX 10000u	/* as rpki-client */
#define VRPS_MAX (32u << 20)		/* 40 times the 2025 count */
#define VRP_TA_MAX 256u		/* trust anchor names are words; a path fits too */
#define ASPA_PAIRS_MAX (16u << 20)	/* customer and provider pairs: 150 for each AS of today */
#define RPSL_OBJECT_MAX (16u << 20)	/* the largest as-set seen is 2 MB */
#define CSV_FIELDS_MAX 128u		/* the widest known form has 34 */
#define ASORG_COLUMNS_MAX 8u	/* of a line of AS organisations: the widest known form has 6 */
#define CSV_ROW_LINES_MAX 64u		/* lines of one row: IANA breaks one row into 2 */
#define TABLE_ROWS_MAX (UINT32_MAX - 1)	/* of any other table: ids have 32 bits. 10 bytes a row are 40 GB */
#define FILES_MAX 100000u		/* files in one data folder */
#define SKIPPED_PERCENT_MAX 5u	/* an input with more broken records than this is not used at all ... */
#define SKIPPED_ALWAYS 16u	/* ... but these few do not tell a bad input from a small one */
#define EVIDENCE_APART_DAYS 31u	/* kinds of evidence further apart than this are not held against each other ... */
#define EVIDENCE_APART_SLOW_DAYS 92u	/* ... or this, when one of them is published once a month or a quarter */
#define HOLDER_ASNS_MAX 128u	/* ASNs of one holder: a registry's id with more is a national registry's, for all its members */
#define SHRUNK_PERCENT_MAX 25u	/* of its records that evidence may lose since an earlier report: months differ by a few */
#define BASELINE_COUNT_MAX (1ull << 40)	/* records of a kind in an earlier report: sums of all kinds stay below 2^45 */
#define DIAG_KEPT_MAX 64u		/* diags kept verbatim per input; all are counted */
#define INFLATE_RATIO_MAX 20000u	/* plain bytes per compressed byte, past INFLATE_RATIO_FLOOR */
#define INFLATE_RATIO_FLOOR (64u << 20)	/* plain bytes that are always allowed */
#define INFLATE_MEMORY_MAX (256u << 20)	/* for one xz stream: xz -9 needs 65 MiB */
#define BZ2_BLOCK_BYTES_MAX (2304u * 1024u)	/* compressed: 900,100 symbols of 20 bits, and tables */
#define BZ2_THREADS_MAX 16u		/* more outrun the one thread that uses what they make */
#define INFLATE_WINDOW_LOG_MAX 27	/* zstd: 128 MiB, what zstd -d allows and --ultra -22 needs */
#define PACK_BYTES_MAX (4u << 20)	/* one catalogue or profile: ours are under 50 kB */
#define PAGES_MAX 10000u	/* of one HTML report: nobody reads an index of more */
#define PACK_CONTROLS_MAX 4096u		/* controls of one catalogue: NIST SP 800-53 has 1,200 */
#define REQUIRE_IMPORTS_MAX 64u	/* catalogues of one profile of requirements: ten times the packs there are */
#define ANSWER_TEXT_MAX 32768u	/* one field of an answer: a cell of a spreadsheet holds 32,767 characters */
#define ANSWERS_MAX (1u << 20)	/* rows of one file of answers: a spreadsheet has as many */
#define COMPARE_ASES_MAX 2000u	/* networks side by side, all in memory: twice those of MANRS */
#define COMPARE_PAGE_MAX 200u	/* networks of one page: 40 tables side by side, 3 MB; nobody reads more */
#define CROSSWALK_SERVICES_MAX 4096u	/* pairs of control and clause: ours has 150 */
#define OSCAL_ASES_MAX 10000u	/* ASes of one export, a folder with five documents of each pack: ten times MANRS */
#define EXPOSURE_ORIGINS_MAX 64u	/* origins of one prefix that a report tells of: a /16 of customers */
#define EXPOSURE_BYTES_MAX (64u << 20)	/* of one document: 60 kB an origin by default; every network of the Internet is no page */
#define EXPOSURE_SUBJECTS_MAX 4096u	/* of one document: ASNs of a question, or prefixes with their origins */
#define EXPOSURE_NETWORKS_MAX 4096u	/* that one depends on and chains of a family, in what is kept: a page of more nobody reads */
#define EXPOSURE_TEXT_MAX 16384u	/* of a name or reason: the longest reason has 2 kB */
#define EXPOSURE_DRAWN_MAX 200u		/* networks of a drawing: the largest; the table has all */
#define INCIDENT_EVENTS_MAX (16u << 20)	/* of one list: a month of the busiest year has 10^5 */
#define INCIDENT_WEIGHT_MAX 1000000u	/* millionths: an AS is held for an event once at most */
#define INCIDENT_PATHS_MAX 512u	/* different AS paths kept of one incident, those that most had: all full feeds there are have some 400 */
#define INCIDENT_SCORE_MAX 900000000u	/* points of one metric: in ten-millionths JSON readers keep it exact (2^53) */
#define PATHS_ASKED_MAX (1u << 20)	/* paths of one question: a full table has as many */
#define ARCHIVE_PACKS_MAX 256u	/* packs of one report: there are 5 */
#define ARCHIVE_METRICS_MAX 256u	/* metrics of one network in a report: we have some 30 */
#define ARCHIVE_PARTS_MAX (1u << 20)	/* intervals or spans of one incident, gaps of a collector, scores of a window */
#define PARCEL_BYTES_MAX (256u << 20)	/* of what goes to the process that writes an archive at once: the incident of the most sightings and paths there may be */
#define TIMELINE_INTERVALS_MAX (64u << 20)	/* of one window: 3 GB; a month of 40 peers has 1 M */
#define TIMELINE_WAYS_MAX (32u << 20)	/* times that an offending route had one path, in one window: 1.3 GB */
#define TIMELINE_HOPS_MAX (64u << 20)	/* ASes of all these paths, each path once */
#define ASTRAY_CELLS_MAX (32u << 20)	/* spans of blocks that followed incidents, of one subject: 0.8 GB */
#define TIMELINE_RETURN_S 1800u		/* a full table is told again within half an hour of a session's return ... */
#define TIMELINE_AWAY_S 86400u		/* ... which was away for a day at most: longer is no reset, it is an absence */
#define TIMELINE_SLACK_S 600u		/* a table takes minutes to write: what changed just before may not be in it */
#define WINDOW_OPEN_MAX 512u		/* update files that overlap in time: all collectors there are, ten times */
#define WINDOW_SILENCE_S 600u		/* a collector that says nothing for longer was not listening ... */
#define WINDOW_SILENCE_TIMES 32u	/* ... unless its messages are this rare: times their average distance, up to ... */
#define WINDOW_SILENCE_MAX_S 86400u	/* ... this: nobody can tell a day of silence from deafness */
#define WINDOW_CADENCE_FILES 8u		/* this many files tell how often a collector begins one */
#define WINDOW_SEED_S 86400u		/* tables up to a day older than the window tell how it began */
#define WINDOW_HISTORY_S (31u * 86400u)	/* tables of the month before tell what was usual */
#define WINDOW_SEEN_MIN_PPM 900000u	/* of a window: who saw less of it has not seen that nothing happened */
#define WINDOW_BATCH 1024u		/* events that a file is read ahead by, four times over: 0.5 MB for each that is open */

#define KEY_NAME_MAX 255u		/* of a signing key: a host name and a path */
#define KEY_FILE_MAX 2048u		/* the longest that we write has 900 bytes */
#define KEY_KDF_KIB_MAX (1u << 20)	/* Argon2id memory that a key file may ask for: 1 GiB, 4 times ours */
#define KEY_KDF_PASSES_MAX 16u		/* and passes: ours are 3 */
#define NOTE_BYTES_MAX (1u << 20)	/* a signed note; golang.org/x/mod reads as much */
#define NOTE_SIGS_MAX 100u		/* of one note: a log and all witnesses there are */
#define SEAL_WORD_MAX 200u		/* an id, a version, a kind, as a seal names it */
#define SEAL_PACKS_MAX 16u		/* packs of one report that is sealed: seven are built in */
#define SEAL_TESTS_NAMED_MAX 10000u	/* verdicts that a statement names one by one; of more it has the counts */
#define SEAL_SUBJECTS_MAX 250000u	/* a report and the documents of an OSCAL export of OSCAL_ASES_MAX ASes */
#define SEAL_REPORT_MAX (4ull << 30)	/* a report that is sealed: twice that of all ASes */
#define LOG_ENTRY_MAX 8192u	/* digests and changes of status, never whole reports */
#define STATUS_REASON_MAX 1024u	/* of a change of status: a sentence and an address; also "NAME+ID" of its signer */
#define VERIFY_FILES_MAX 64u	/* envelopes, and pieces of evidence, on one report: a handful of people sign one */
#define POLICY_BYTES_MAX (1u << 20)	/* a trust policy: 1,000 lines of 1 kB */
#define POLICY_NAMES_MAX 256u		/* logs, witnesses, groups, each: the specification asks for 32 */
#define DSSE_BYTES_MAX (256u << 20)	/* an envelope: base64 of a statement with SEAL_SUBJECTS_MAX subjects */
#define MARK_BYTES_MAX (1u << 20)	/* a mark: PACK_CONTROLS_MAX controls of 500 bytes */
#define MARK_DAYS_MAX 36500u		/* evidence that is good for longer than a century is none */
#define MARK_TESTS_MAX 16u		/* numbers that one control of a report holds against bars: packs have 6 at most */
#define SUBMISSION_BYTES_MAX (64u << 10)	/* what a witness is asked: 63 hashes of 45 bytes, and a note with 100 signatures */
#define SUBMISSION_HASHES_MAX 63u	/* c2sp.org/tlog-witness: of a consistency proof */
#define COSIGNED_BYTES_MAX (16u << 10)	/* what a witness answers: one line of 200 bytes for each of its keys */
#define SUBMISSION_TRIES 3u		/* of one witness: from nothing, from the size that it told, and once more */
#define ERRAND_REFUSED_MAX 16u	/* questions of a confined process for what it may not have: an honest one has none */
#define WITNESS_LOGS_MAX 10000u	/* that one witness knows: small files, each asked for a few times a day */
#define FETCH_TIME_MS 30000u		/* of one answer by HTTP, from the first byte asked to the last ... */
#define FETCH_MS_MAX 600000u		/* ... and more than this nobody may ask to wait */
#define FETCH_CONNECT_MS 10000u	/* ... and until there is anybody to ask */
#define FETCH_LOG_S 600u		/* a whole log: a million entries take seconds from a good server */
#define FETCH_LOG_BYTES (1u << 30)	/* of a whole log: three million of our entries */
#define LISTEN_CONNECTIONS_MAX 64u	/* at once; one address has LISTEN_ADDRESS_MAX of them at most */
#define LISTEN_ADDRESS_MAX 16u
#define LISTEN_IDLE_S 10u		/* who says nothing for so long is cut off ... */
#define LISTEN_ASK_S 30u		/* ... and who has not said all by then */
#define DISPUTE_LINE_MAX 65536u	/* of a ledger: two texts of STATUS_REASON_MAX and DISPUTE_FILES_MAX files, each byte escaped */
#define DISPUTE_LINES_MAX 20000u	/* of a ledger: three a day for twenty years; each is held against those before it */
#define DISPUTE_BYTES_MAX (128u << 20)	/* of a ledger: of that many lines, with long texts */
#define DISPUTE_FILES_MAX 32u		/* that one line refers to */
#define BUNDLE_ASES_MAX 10000u	/* of one bundle, which is held in memory: ten times MANRS */
#define BUNDLE_PACKS_MAX 99u	/* their files are numbered with two digits; there are 7 */
#define BUNDLE_HEAD_MAX (64u << 20)	/* bundle.json, SHA256SUMS: FILES_MAX inputs of 600 bytes */
#define BUNDLE_FILE_MAX (4ull << 30)	/* its report, its evidence: as SEAL_REPORT_MAX */
#define BUNDLE_BYTES_MAX (8ull << 30)	/* all of it, held in memory while it is read from one file */
#define BUNDLE_FILES_MAX (FILES_MAX + 1024u)	/* evidence of every input, packs, documents */
#define ORIGINS_LIST_MAX (64u << 20)	/* the list of where inputs are from: FILES_MAX lines of 600 bytes */
#define ORIGIN_TEXT_MAX 2048u	/* one origin: the longest URL that all browsers take */
#define PASSPHRASE_MAX 1024u		/* as minisign */

#define SERVE_TARGET_MAX 4096u		/* bytes of a request's path and query: 200 networks of 10 digits fit */
#define SERVE_ARGS_MAX 16u		/* of a query: the busiest page has six */
#define SERVE_CONNECTION_BYTES 16384u	/* of one connection: its request's head must fit, twice what browsers send */
#define SERVE_CONNECTIONS 12288u	/* at once, if there are as many file descriptors: 10,000 may idle */
#define SERVE_THREADS 8u		/* that talk to who asks, and wait for nothing; on a busy machine one is often put aside */
#define SERVE_HEAD_S 15u		/* from accept, or the last answer, to a whole request */
#define SERVE_ANSWER_S 120u		/* from a whole request until its answer is taken: 20 MB by a slow phone's line */
#define SERVE_LOCKED_MS 20000u		/* that an answer waits for a month being committed: a slow disk's 100 MB */
#define SERVE_CACHE_BYTES (128u << 20)	/* of answers kept: 1,000 pages of networks over 24 months, packed and not */
#define SERVE_LOOK_MS 200u		/* between looks whether something was archived: a person does not notice */
#define SERVE_WARM_MAX 1024u		/* answers made anew before a new month is shown: a small site's pages of a day */
#define SERVE_WARM_S 20u		/* for all of them: then the month is shown, whatever is not ready */
#define SERVE_KEEPER_NICE 10		/* of the thread that makes them, while others are answered */
#define SERVE_MAKERS 4u			/* threads that make what is not kept; who only talks waits for none of them */
#define SERVE_WAITING_MAX 4096u		/* requests that wait for one of them; who comes then is told to ask again */
#define SERVE_PAGE_ROWS 100u		/* networks of one page of a list, at most 1,000 by the API */
#define SERVE_LIMIT_MAX 1000u
#define SERVE_VANTAGE_DRAWN 60u		/* rows of an incident's time line: a screen or two; the table and the data have more */
#define SERVE_PATHS_SHOWN 60u	/* AS paths of an incident on its page: as many as rows are drawn */
#define SERVE_ASNS_MAX 200u		/* networks of one question: fits a target */
#define SERVE_LOG_ENTRIES (1u << 20)	/* of a log, that are found by what they speak of: 80 MB */
#define SERVE_LOG_SAID 1000u		/* entries of a log on one network's marks: each is read from its file */
#define SERVE_BUNDLES_MAX 4096u		/* of a folder: at worst of BUNDLE_ASES_MAX networks each, 160 MB */
#define SERVE_BUNDLE_HEAD (16u << 20)	/* bundle.json, SHA256SUMS of one: the other parts of it are never held in memory */
#define SERVE_DOWNLOADS 64u		/* bundles that are being taken at once: each has a file open */
#define SERVE_DOWNLOAD_RATE (64u << 10)	/* bytes a second: who takes a bundle more slowly is cut off ... */
#define SERVE_DOWNLOAD_S 7200u		/* ... and who is not done by then */
#define SERVE_SIDE_MAX 8u		/* networks that a page shows side by side: more columns nobody reads */

#endif
