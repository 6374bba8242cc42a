/* log_witness: ask the witnesses of a policy to cosign a log's checkpoint, and publish it. */
#ifndef CMD_LOG_WITNESS_H
#define CMD_LOG_WITNESS_H

/* The exit status: 0 the policy's quorum has cosigned what is published now; 1 a witness has signed for other entries or
 * more; 2 not told. ms: to wait for an answer. What each has said goes to standard output. */
int log_witness(const char *dir, const char *policy, unsigned ms);

#endif
