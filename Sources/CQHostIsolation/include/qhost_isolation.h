/*
 * What isolation needs of the system: memory that two processes share, requests and replies over it, and a
 * process that gives up what it does not need before it loads a plugin.
 */
#ifndef QHOST_ISOLATION_H
#define QHOST_ISOLATION_H

#include <stddef.h>
#include <stdint.h>

#pragma GCC visibility push(hidden)

/* Bytes of the page that a channel begins with; requests and replies follow. */
#define QHOST_CHANNEL_HEADER 4096u

/* The one region of memory that host and child share. Only the functions below touch its first page. */
typedef struct qhost_channel qhost_channel;

/* Makes a region whose size nobody can change later; a descriptor that is closed on exec, or -1 with errno. */
int qhost_channel_make(uint64_t bytes);

/* Maps it; NULL with errno. */
qhost_channel *qhost_channel_map(int descriptor, uint64_t bytes);
void qhost_channel_unmap(qhost_channel *channel, uint64_t bytes);

/* Host: sends a request: which function, and how many bytes of the request are used. */
void qhost_channel_request(qhost_channel *channel, uint32_t function, uint32_t flags, uint64_t bytes);

/* Host: waits until the request is answered. 1: it is, 0: not within `nanoseconds`. */
int qhost_channel_await_reply(qhost_channel *channel, uint64_t nanoseconds);

/* Host: what the answer is; to be read once, the child may change it at any time. */
int32_t qhost_channel_status(const qhost_channel *channel);
uint64_t qhost_channel_reply_bytes(const qhost_channel *channel);

/* Host: tells the child whether the user asked to stop. */
void qhost_channel_cancel(qhost_channel *channel);

/* Child: waits for the next request, without end. */
void qhost_channel_await_request(qhost_channel *channel);
uint32_t qhost_channel_function(const qhost_channel *channel);
uint32_t qhost_channel_flags(const qhost_channel *channel);
uint64_t qhost_channel_request_bytes(const qhost_channel *channel);
int qhost_channel_is_cancelled(const qhost_channel *channel);

/* Child: notes the function that it is in, for messages of the host; a request with an answer is two. */
void qhost_channel_enter(qhost_channel *channel, uint32_t function);
uint32_t qhost_channel_entered(const qhost_channel *channel);

/* Child: answers the request. */
void qhost_channel_reply(qhost_channel *channel, int32_t status, uint64_t bytes);

/*
 * Child: has fatal signals, and calls that the filter stops, noted in the channel before they end the process.
 * `in_call` gives the function that the thread is in, or NULL; it must be callable from a handler.
 */
void qhost_channel_note_crashes(qhost_channel *channel, const char *(*component)(void),
                                const char *(*function)(void));

/* Host: what was noted: the number of a system call that was stopped, or -1; and texts, "" when there are none. */
int64_t qhost_channel_stopped_call(const qhost_channel *channel);
void qhost_channel_noted(const qhost_channel *channel, char component[128], char function[64]);

/* Bits of what confine() could do. */
#define QHOST_CONFINED_CALLS 1u  /* seccomp: no new processes, no network, no signals to others */
#define QHOST_CONFINED_FILES 2u  /* Landlock: files are read only */
#define QHOST_CONFINED_LIMITS 4u /* memory, open files, core files */

/* What this system could do, without doing it. */
uint32_t qhost_confinement(void);

/* Child: gives it up, for all threads. Returns the bits of what was done. */
uint32_t qhost_confine(uint64_t memory_bytes, uint32_t open_files);

/* The name of a system call that the filter stops, in words for a sentence. */
const char *qhost_stopped_words(int64_t call);

/* Has the calls that make sockets fail from here on, for all threads. 1: they do, 0: there are no filters. */
int qhost_refuse_sockets(void);

/* Whether such a call was made since. */
int qhost_asked_for_socket(void);

/*
 * Starts a thread with descriptors of its own, where standard error stays open whatever is closed in the process: it
 * says what cannot be said otherwise. Once; returns when it is there.
 */
void qhost_messenger_start(void);

/* Has it say something, and waits for that. 1: it is said, 0: there is no such thread, or it cannot write. */
int qhost_messenger_say(const char *message, size_t length);

/* Closes all descriptors from `first` on. */
void qhost_close_from(int first);

/* Puts the processor's floating-point state, which a plugin may have left changed, back to what it was at the start. */
void qhost_reset_arithmetic(void);

#pragma GCC visibility pop

#endif
