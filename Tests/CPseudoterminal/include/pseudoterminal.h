#pragma once
#include <sys/types.h>

/// Starts a program on a new terminal of 24 rows and 90 columns; gives the terminal's descriptor and
/// the process, or −1.
int startOnTerminal(const char *program, char *const arguments[], char *const environment[],
                    pid_t *process);
