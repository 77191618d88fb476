// What Swift cannot see of libc: opening a terminal, and forking.
#define _GNU_SOURCE
#include "pseudoterminal.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

int startOnTerminal(const char *program, char *const arguments[], char *const environment[],
                    pid_t *process) {
  int terminal = posix_openpt(O_RDWR | O_NOCTTY);
  if (terminal < 0 || grantpt(terminal) || unlockpt(terminal)) return -1;
  // Tests run side by side, and `ptsname` has one answer for all of them.
  char name[128];
  if (ptsname_r(terminal, name, sizeof name)) return -1;
  struct winsize size = {.ws_row = 24, .ws_col = 90};
  *process = fork();
  if (*process < 0) return -1;
  if (*process == 0) {
    // A thread of a test may have signals blocked, which a child would inherit.
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setsid();
    int side = open(name, O_RDWR);
    ioctl(side, TIOCSCTTY, 0);
    ioctl(side, TIOCSWINSZ, &size);
    for (int file = 0; file < 3; file++) dup2(side, file);
    close(terminal);
    execve(program, arguments, environment);
    _exit(127);
  }
  return terminal;
}
