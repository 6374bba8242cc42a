/* Of when the evidence is: the moment alone only where all of it is of about that time. */
#include "report/dated.h"
#include "tap.h"
#include "world/world.h"

static const struct { struct utc at; const char *said; } cases[] = {
    {{1462060800}, "evidence as of 2016-05-01"},		/* as old as may be */
    {{1462060801}, "evidence of 2016-01-30 to 2016-04-30"},	/* a second older */
    {{1461974400}, "evidence as of 2016-04-30"},		/* the newest of the moment itself */
    {{1461974399}, "evidence of 2016-01-30 to 2016-04-30"},	/* ... and after it */
    {{4000000000}, "evidence of 2016-01-30 to 2016-04-30"},
};

int
main(void)
{
	struct input in[] = {{.kind = KIND_MRT, .complete = true, .time = utc_from_date(2016, 1, 30, 0, 0, 0)},
	    {.kind = KIND_MRT, .complete = true, .time = utc_from_date(2016, 4, 30, 0, 0, 0)},
	    {.kind = KIND_MRT, .complete = true, .time = UTC_NONE},
	    /* none of these was used */
	    {.kind = KIND_MRT, .time = utc_from_date(1999, 1, 1, 0, 0, 0)},
	    {.kind = KIND_TEXT, .complete = true, .time = utc_from_date(1999, 1, 1, 0, 0, 0)},
	    {.kind = KIND_MRT, .complete = true, .duplicate = true, .time = utc_from_date(1999, 1, 1, 0, 0, 0)}};
	struct world w = {.inputs = in, .n_inputs = sizeof(in) / sizeof(*in)};
	struct assessment head = {.world = &w};
	char text[DATED_TEXT];
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		head.at = cases[i].at;
		is_str(dated_text(&head, text), cases[i].said, "at %lld", (long long)head.at.s);
	}
	head.at = UTC_NONE;
	is_str(dated_text(&head, text), "evidence of 2016-01-30 to 2016-04-30", "at no moment that is known");
	in[1].time = in[0].time;
	is_str(dated_text(&head, text), "evidence of 2016-01-30", "of one day");
	w.n_inputs = 0;
	head.at = cases[0].at;
	is_str(dated_text(&head, text), "evidence of an unknown date", "of no date, whatever the moment");
	return tap_done();
}
