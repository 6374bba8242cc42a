/* sealed_report: a report as small as one can be, for tests of what is said of it. */
#ifndef TEST_SEALED_REPORT_H
#define TEST_SEALED_REPORT_H

#define HEX_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define HEX_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

static const char small_report[] =
    "{\"at\":\"2022-05-01T00:00:00Z\",\"evidence\":{},\"format\":\"routemark-assessment/1\","
    "\"inputs\":[{\"complete\":true,\"kind\":\"mrt\",\"sha256\":\"" HEX_A "\",\"time\":\"2022-04-30T00:00:00Z\"},"
    "{\"complete\":false,\"kind\":\"rpsl\",\"sha256\":\"" HEX_B "\",\"time\":null}],"
    "\"packs\":[{\"catalog_sha256\":\"" HEX_A "\",\"controls\":[{\"id\":\"C1\",\"required\":true},"
    "{\"id\":\"C2\",\"required\":false},{\"id\":\"C3\",\"required\":true}],\"id\":\"tender\",\"profile_sha256\":\"" HEX_B
    "\",\"status\":\"proposal\",\"version\":\"7\"},"
    "{\"catalog_sha256\":\"" HEX_B "\",\"controls\":[{\"id\":\"D1\",\"required\":true}],\"id\":\"base\","
    "\"profile_sha256\":null,\"status\":\"published\",\"version\":\"1.0\"}],"
    "\"results\":[{\"asn\":64500,\"packs\":[{\"controls\":[{\"id\":\"C1\",\"verdict\":\"PASS\"},"
    "{\"id\":\"C2\",\"verdict\":\"FAIL\"},{\"id\":\"C3\",\"verdict\":\"NO_DATA\"}],\"id\":\"tender\"},"
    "{\"controls\":[{\"id\":\"D1\",\"verdict\":\"PASS\"}],\"id\":\"base\"}]},"
    "{\"asn\":64501,\"packs\":[{\"controls\":[{\"id\":\"C1\",\"verdict\":\"NOT_APPLICABLE\"},"
    "{\"id\":\"C2\",\"verdict\":\"PASS\"},{\"id\":\"C3\",\"verdict\":\"WARN\"}],\"id\":\"tender\"},"
    "{\"controls\":[{\"id\":\"D1\",\"verdict\":\"PASS\"}],\"id\":\"base\"}]}],\"summary\":{\"ases\":2}}\n";

#endif
