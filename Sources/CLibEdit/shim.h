// Swift cannot call C variadics and refuses C's mutable globals: each use of either that the
// terminal needs has a plain function here. Debian's libedit and macOS's have the same interface.
#pragma once
#include <histedit.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/select.h>
#include <sys/types.h>
#include <wchar.h>

#define EDIT_SHIM static inline __attribute__((unused))

// The system library's own type, spelt out because <stdio.h> hides it without _GNU_SOURCE.
#if defined(__APPLE__)
typedef int edit_write_count;
typedef int edit_write_size;
#else
typedef ssize_t edit_write_count;
typedef size_t edit_write_size;
#endif
typedef edit_write_count (*edit_write_function)(
    void *owner, const char *bytes, edit_write_size size);

#if !defined(__APPLE__) && !defined(__USE_GNU)
typedef struct {
  ssize_t (*read)(void *, char *, size_t);
  edit_write_function write;
  int (*seek)(void *, off_t *, int);
  int (*close)(void *);
} edit_stream_functions;
extern FILE *fopencookie(void *owner, const char *mode, edit_stream_functions functions);
#elif !defined(__APPLE__)
typedef cookie_io_functions_t edit_stream_functions;
#endif

/// A stream whose bytes go to a function.
EDIT_SHIM FILE *edit_open_stream(void *owner, edit_write_function write) {
#if defined(__APPLE__)
  return funopen(owner, NULL, write, NULL, NULL);
#else
  edit_stream_functions functions = {NULL, write, NULL, NULL};
  return fopencookie(owner, "w", functions);
#endif
}

/// An editor on standard input that draws to `output`.
EDIT_SHIM EditLine *edit_open(const char *program, FILE *output) {
  return el_init_fd(program, stdin, output, stderr, 0, 1, 2);
}

/// Makes the C library's characters Unicode; 0 if this machine has no such locale.
EDIT_SHIM int edit_use_unicode_locale(void) {
  const char *names[] = {"", "C.UTF-8", "en_US.UTF-8", "UTF-8"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (setlocale(LC_CTYPE, names[i]) && strcmp(nl_langinfo(CODESET), "UTF-8") == 0) return 1;
  return 0;
}

#define EDIT_WAIT_INPUT 1
#define EDIT_WAIT_SIGNAL 2

/// Waits until one of two descriptors can be read, for ever if `milliseconds` is negative.
/// (`poll` does not work on terminals on every macOS.)
EDIT_SHIM int edit_wait(int input, int signals, int milliseconds) {
  fd_set readable;
  FD_ZERO(&readable);
  FD_SET(input, &readable);
  FD_SET(signals, &readable);
  struct timeval limit = {milliseconds / 1000, milliseconds % 1000 * 1000};
  int highest = input > signals ? input : signals;
  if (select(highest + 1, &readable, NULL, NULL, milliseconds < 0 ? NULL : &limit) <= 0) return 0;
  return (FD_ISSET(input, &readable) ? EDIT_WAIT_INPUT : 0)
      | (FD_ISSET(signals, &readable) ? EDIT_WAIT_SIGNAL : 0);
}

/// The character that encloses escape sequences in a prompt.
#define EDIT_PROMPT_ESCAPE 1

EDIT_SHIM int edit_set_prompt(EditLine *editor, wchar_t *(*prompt)(EditLine *)) {
  return el_wset(editor, EL_PROMPT_ESC, prompt, EDIT_PROMPT_ESCAPE);
}

EDIT_SHIM int edit_set_owner(EditLine *editor, void *owner) {
  return el_wset(editor, EL_CLIENTDATA, owner);
}

EDIT_SHIM void *edit_owner(EditLine *editor) {
  void *owner = NULL;
  el_wget(editor, EL_CLIENTDATA, &owner);
  return owner;
}

EDIT_SHIM int edit_set_reader(EditLine *editor, el_rfunc_t reader) {
  return el_wset(editor, EL_GETCFN, reader);
}

EDIT_SHIM int edit_set_mode(EditLine *editor, const wchar_t *mode) {
  return el_wset(editor, EL_EDITOR, mode);
}

/// Whether the bindings are those of vi.
EDIT_SHIM int edit_is_vi(EditLine *editor) {
  const wchar_t *mode = NULL;
  return el_wget(editor, EL_EDITOR, &mode) == 0 && mode && wcscmp(mode, L"vi") == 0;
}

EDIT_SHIM int edit_add_function(
    EditLine *editor, const wchar_t *name, const wchar_t *help,
    unsigned char (*function)(EditLine *, int)) {
  return el_wset(editor, EL_ADDFN, name, help, function);
}

EDIT_SHIM int edit_bind(EditLine *editor, const wchar_t *key, const wchar_t *function) {
  return el_wset(editor, EL_BIND, key, function, NULL);
}

/// Binds a key in vi's command mode.
EDIT_SHIM int edit_bind_command(EditLine *editor, const wchar_t *key, const wchar_t *function) {
  return el_wset(editor, EL_BIND, L"-a", key, function, NULL);
}

/// Draws prompt and text anew, taking the screen's cursor for the place of the prompt.
EDIT_SHIM int edit_redraw(EditLine *editor) {
  return el_wset(editor, EL_REFRESH);
}

/// Takes the terminal for editing (1) or gives it back (0).
EDIT_SHIM int edit_prepare_terminal(EditLine *editor, int prepare) {
  return el_wset(editor, EL_PREP_TERM, prepare);
}

EDIT_SHIM HistoryW *edit_open_history(EditLine *editor, int size) {
  HistoryW *list = history_winit();
  HistEventW event;
  history_w(list, &event, H_SETSIZE, size);
  history_w(list, &event, H_SETUNIQUE, 1);
  el_wset(editor, EL_HIST, history_w, list);
  return list;
}

EDIT_SHIM int edit_enter_history(HistoryW *list, const wchar_t *entry) {
  HistEventW event;
  return history_w(list, &event, H_ENTER, entry);
}
