/*
 * Preloaded into componentize-py, so that every machine looks the same to the CPython that it pre-initialises: the same
 * entropy, a clock that stands still, and files without the traces of the file system they lie on. What CPython sees
 * there ends up in the component: the hash seed, times of files, the order in which a folder lists its names.
 *
 * Clock and entropy are functions of libc, before which this library puts its own. Files are asked about by system calls
 * made in place (rustix does so), hence the kernel is told to hand those to a signal handler of this process (seccomp).
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#if defined(__x86_64__)
#define OWN_ARCH AUDIT_ARCH_X86_64
#define ARGUMENT(context, n) ((context)->uc_mcontext.gregs[(const int[]){REG_RDI, REG_RSI, REG_RDX, REG_R10, REG_R8}[n]])
#define RESULT(context) ((context)->uc_mcontext.gregs[REG_RAX])
#elif defined(__aarch64__)
#define OWN_ARCH AUDIT_ARCH_AARCH64
#define ARGUMENT(context, n) ((context)->uc_mcontext.regs[n])
#define RESULT(context) ((context)->uc_mcontext.regs[0])
#else
#error "system calls of this processor are not known here"
#endif

#ifndef NOW
#error "NOW is to be what the clocks show, in seconds since 1970"
#endif
/* The sixth argument, which neither call has, of those that this library makes itself. */
#define OWN_CALL 0x676f6c65
/* Bytes of a folder's names; CPython's library, the largest, has 9 KB. */
#define MOST_NAMES (1 << 20)
/* Folders that may be listed at the same time. */
#define MOST_LISTINGS 64

ssize_t getrandom(void *buffer, size_t size, unsigned int flags) {
  (void)flags;
  for (size_t i = 0; i < size; i++) ((unsigned char *)buffer)[i] = (unsigned char)(i * 37 + 11);
  return (ssize_t)size;
}

/* A clock that goes would show how fast the machine is. */
int clock_gettime(clockid_t clock, struct timespec *time) {
  switch (clock) {
    case CLOCK_REALTIME:
    case CLOCK_REALTIME_COARSE:
    case CLOCK_MONOTONIC:
      *time = (struct timespec){.tv_sec = NOW};
      return 0;
    default:
      return (int)syscall(SYS_clock_gettime, clock, time);
  }
}

static void forget_origin(struct statx *file) {
  const struct statx_timestamp time = {.tv_sec = NOW};
  file->stx_atime = file->stx_btime = file->stx_ctime = file->stx_mtime = time;
  file->stx_dev_major = file->stx_dev_minor = 0;
  file->stx_ino = file->stx_nlink = 1;
  /* Of a folder it is the file system's own affair. */
  if (S_ISDIR(file->stx_mode)) file->stx_size = 0;
}

/* As getdents64(2) has it. */
struct entry {
  uint64_t inode;
  int64_t offset;
  uint16_t size;
  unsigned char type;
  char name[];
};

/* A folder that is being listed. Its names are given in their order, whatever the file system's is. */
struct listing {
  int folder;
  char *entries;
  size_t size;
  /* The name that was given last. */
  const char *last;
};

static struct listing listings[MOST_LISTINGS];
static atomic_flag listing = ATOMIC_FLAG_INIT;

static long read_all(struct listing *list, int folder) {
  if (list->entries == NULL) {
    void *room = mmap(NULL, MOST_NAMES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (room == MAP_FAILED) return -ENOMEM;
    list->entries = room;
  }
  list->size = 0;
  list->last = "";
  for (;;) {
    const long got = syscall(SYS_getdents64, folder, list->entries + list->size, MOST_NAMES - list->size, 0, 0, OWN_CALL);
    if (got < 0) return -errno;
    if (got == 0) break;
    list->size += (size_t)got;
  }
  list->folder = folder;
  return 0;
}

static const struct entry *next_of(const struct listing *list) {
  const struct entry *next = NULL;
  for (size_t at = 0; at < list->size;) {
    const struct entry *entry = (const struct entry *)(list->entries + at);
    if (strcmp(entry->name, list->last) > 0 && (next == NULL || strcmp(entry->name, next->name) < 0)) next = entry;
    at += entry->size;
  }
  return next;
}

/* getdents64(2), in order. The kernel's own position tells a folder that was just opened from one that has been read. */
static long list_sorted(int folder, char *buffer, size_t room) {
  struct listing *list = NULL, *spare = NULL;
  for (struct listing *at = listings; at < listings + MOST_LISTINGS; at++) {
    if (at->entries != NULL && at->size > 0 && at->folder == folder) list = at;
    if (at->size == 0) spare = at;
  }
  if (lseek(folder, 0, SEEK_CUR) == 0) {
    if (list == NULL) list = spare;
    if (list == NULL) return -EMFILE;
    const long failed = read_all(list, folder);
    if (failed != 0) return failed;
  }
  if (list == NULL) {
    /* Read to its end, or no folder. */
    const long got = syscall(SYS_getdents64, folder, buffer, room, 0, 0, OWN_CALL);
    return got < 0 ? -errno : got;
  }
  size_t given = 0;
  const struct entry *next = next_of(list);
  for (; next != NULL && given + next->size <= room; next = next_of(list)) {
    memcpy(buffer + given, next, next->size);
    given += next->size;
    list->last = next->name;
  }
  if (next == NULL && given == 0) list->size = 0;
  return next != NULL && given == 0 ? -EINVAL : (long)given;
}

/* Does the call that the filter stopped, and clears its answer. */
static void answer(int signal, siginfo_t *info, void *stopped) {
  (void)signal;
  ucontext_t *context = stopped;
  const int before = errno;
  const long a = ARGUMENT(context, 0), b = ARGUMENT(context, 1), c = ARGUMENT(context, 2), d = ARGUMENT(context, 3),
             e = ARGUMENT(context, 4);
  if (info->si_syscall == SYS_getdents64) {
    while (atomic_flag_test_and_set(&listing)) sched_yield();
    RESULT(context) = list_sorted((int)a, (char *)b, (size_t)c);
    atomic_flag_clear(&listing);
  } else if (syscall(SYS_statx, a, b, c, d, e, OWN_CALL) == 0) {
    forget_origin((struct statx *)e);
    RESULT(context) = 0;
  } else {
    RESULT(context) = -errno;
  }
  errno = before;
}

#define FIELD(name) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, name))
#define EQUAL(value, then, otherwise) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(value), then, otherwise)
#define GIVE(action) BPF_STMT(BPF_RET | BPF_K, action)

__attribute__((constructor)) static void begin(void) {
  const struct sigaction action = {.sa_sigaction = answer, .sa_flags = SA_SIGINFO | SA_NODEFER | SA_RESTART};
  struct sock_filter filter[] = {
      FIELD(arch),
      EQUAL(OWN_ARCH, 0, 5),
      FIELD(nr),
      EQUAL(SYS_statx, 1, 0),
      EQUAL(SYS_getdents64, 0, 2),
      FIELD(args[5]),
      EQUAL(OWN_CALL, 0, 1),
      GIVE(SECCOMP_RET_ALLOW),
      GIVE(SECCOMP_RET_TRAP),
  };
  const struct sock_fprog program = {.len = sizeof(filter) / sizeof(filter[0]), .filter = filter};
  if (sigaction(SIGSYS, &action, NULL) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
      prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) {
    static const char message[] = "the kernel does not let a process filter its own system calls\n";
    (void)!write(STDERR_FILENO, message, sizeof(message) - 1);
    _exit(1);
  }
}
