/*
 * Loaded before the C library (LD_PRELOAD), it lets chosen calls on chosen files fail, as a disk, a file system or a limit would:
 *   FAULT_CALL   read | write | sync | rename | open
 *   FAULT_PATH   how the path begins; a text that must stand in it may follow after a colon
 *   FAULT_NOT    a text that must not stand in it
 *   FAULT_ERRNO  a number
 *   FAULT_FROM   the first call that fails, counted from 1; FAULT_COUNT how many fail (default 1)
 *   FAULT_HIT    a file that is made when the first call fails
 *   FAULT_TIME   seconds since 1970: what the clock says all the time, so that two runs write the same bytes
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static atomic_long calls;

static int matches(const char *path) {
  const char *begin = getenv("FAULT_PATH"), *not = getenv("FAULT_NOT"), *colon;
  if (!begin || !path) return 0;
  colon = strchr(begin, ':');
  size_t length = colon ? (size_t)(colon - begin) : strlen(begin);
  if (strncmp(path, begin, length) != 0) return 0;
  if (colon && colon[1] && !strstr(path, colon + 1)) return 0;
  return !(not && *not && strstr(path, not));
}

/* Whether this call fails; errno is set then. */
static int fails(const char *call, const char *path) {
  const char *wanted = getenv("FAULT_CALL");
  if (!wanted || strcmp(wanted, call) != 0 || !matches(path)) return 0;
  long from = atol(getenv("FAULT_FROM") ? getenv("FAULT_FROM") : "1");
  long count = atol(getenv("FAULT_COUNT") ? getenv("FAULT_COUNT") : "1");
  long now = atomic_fetch_add(&calls, 1) + 1;
  if (now < from || now >= from + count) return 0;
  const char *hit = getenv("FAULT_HIT");
  if (hit) {
    long fd = syscall(SYS_openat, AT_FDCWD, hit, O_CREAT | O_WRONLY, 0600);
    if (fd >= 0) syscall(SYS_close, fd);
  }
  errno = atoi(getenv("FAULT_ERRNO") ? getenv("FAULT_ERRNO") : "5");
  return 1;
}

static int fd_fails(const char *call, int fd) {
  const char *wanted = getenv("FAULT_CALL");
  if (!wanted || strcmp(wanted, call) != 0) return 0;
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  long length = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  return fails(call, path);
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define OPEN(name)                                                       \
  int name(const char *path, int flags, ...) {                           \
    va_list rest;                                                        \
    va_start(rest, flags);                                               \
    mode_t mode = va_arg(rest, mode_t);                                  \
    va_end(rest);                                                        \
    return fails("open", path) ? -1 : NEXT(name)(path, flags, mode);     \
  }
#define OPENAT(name)                                                     \
  int name(int folder, const char *path, int flags, ...) {               \
    va_list rest;                                                        \
    va_start(rest, flags);                                               \
    mode_t mode = va_arg(rest, mode_t);                                  \
    va_end(rest);                                                        \
    return fails("open", path) ? -1 : NEXT(name)(folder, path, flags, mode); \
  }
OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

#define ON(call, type, name, parameters, arguments)                      \
  type name parameters { return fd_fails(call, fd) ? -1 : NEXT(name) arguments; }
ON("read", ssize_t, read, (int fd, void *to, size_t n), (fd, to, n))
ON("read", ssize_t, pread, (int fd, void *to, size_t n, off_t at), (fd, to, n, at))
ON("read", ssize_t, pread64, (int fd, void *to, size_t n, off64_t at), (fd, to, n, at))
ON("read", ssize_t, readv, (int fd, const struct iovec *to, int n), (fd, to, n))
ON("read", ssize_t, preadv, (int fd, const struct iovec *to, int n, off_t at), (fd, to, n, at))
ON("read", ssize_t, preadv64, (int fd, const struct iovec *to, int n, off64_t at), (fd, to, n, at))
ON("write", ssize_t, write, (int fd, const void *from, size_t n), (fd, from, n))
ON("write", ssize_t, pwrite, (int fd, const void *from, size_t n, off_t at), (fd, from, n, at))
ON("write", ssize_t, pwrite64, (int fd, const void *from, size_t n, off64_t at), (fd, from, n, at))
ON("write", ssize_t, writev, (int fd, const struct iovec *from, int n), (fd, from, n))
ON("write", ssize_t, pwritev, (int fd, const struct iovec *from, int n, off_t at), (fd, from, n, at))
ON("write", ssize_t, pwritev64, (int fd, const struct iovec *from, int n, off64_t at), (fd, from, n, at))
ON("sync", int, fsync, (int fd), (fd))
ON("sync", int, fdatasync, (int fd), (fd))

int gettimeofday(struct timeval *now, void *zone) {
  const char *fixed = getenv("FAULT_TIME");
  if (!fixed) return NEXT(gettimeofday)(now, zone);
  now->tv_sec = atoll(fixed);
  now->tv_usec = 0;
  return 0;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
  const char *fixed = getenv("FAULT_TIME");
  if (!fixed || clock != CLOCK_REALTIME) return NEXT(clock_gettime)(clock, now);
  now->tv_sec = atoll(fixed);
  now->tv_nsec = 0;
  return 0;
}

int rename(const char *from, const char *to) {
  return fails("rename", to) ? -1 : NEXT(rename)(from, to);
}
