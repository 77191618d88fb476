import CLibEdit

/// Which keys do what: ours first, then the user's `.editrc`, which has the last word.
extension LibEditEditor {
  private typealias Function = @convention(c) (OpaquePointer?, Int32) -> UInt8

  func bindKeys() {
    addFunctions()
    edit_set_mode(editor, "emacs".wide)
    let commands = UserCommands.load()
    // A `bind -v` empties the table of keys, so the mode comes first.
    for command in commands where command.setsMode { run(command) }
    isVi = edit_is_vi(editor) == 1
    if isVi {
      bindVi()
    } else {
      bindEmacs()
    }
    for command in commands where !command.setsMode { run(command) }
  }

  private func addFunctions() {
    add("latent-accept", "Hand over the input, or open a new line") { act($0, $1).accept().code }
    add("latent-open-line", "Open a new line") { act($0, $1).openLine().code }
    add("latent-complete", "Complete, then list") { act($0, $1).complete().code }
    add("latent-delete-backwards", "Delete to the left") { act($0, $1).deleteBackwards().code }
    add("latent-close-brace", "Close a block") { act($0, $1).closeBrace().code }
    add("latent-left", "Move left") { act($0, $1).moveLeft().code }
    add("latent-right", "Move right") { act($0, $1).moveRight().code }
    add("latent-up", "Line above or input before") { act($0, $1).moveUp().code }
    add("latent-down", "Line below or next input") { act($0, $1).moveDown().code }
    add("latent-line-start", "Start of the line") { act($0, $1).moveToLineStart().code }
    add("latent-kill-line", "Delete the rest of the line") { act($0, $1).killLine().code }
    add("latent-delete-or-leave", "Delete, or leave") { act($0, $1).deleteOrLeave().code }
    add("latent-line-end", "End of the line") { act($0, $1).moveToLineEnd().code }
    add("latent-combine", "Join a combining mark") { act($0, $1).combine().code }
    add("latent-paste", "Insert pasted text") { act($0, $1).insertPaste().code }
    add("latent-fit-window", "Show what fits") { act($0, $1).fitWindow().code }
    add("latent-search", "Search the inputs before") { act($0, $1).beginSearch().code }
    add("latent-search-on", "Show what is found") { act($0, $1).showFound().code }
    add("latent-search-end", "Leave the search") { act($0, $1).endSearch().code }
    add("latent-list", "List completions") { act($0, $1).showCandidates().code }
  }

  private func bindCommonKeys() {
    for key in PrivateKey.allCases { bind(key.name, key.function) }
    bind("^M", "latent-accept")
    bind("^J", "latent-accept")
    bind("^I", "latent-complete")
    bind("^?", "latent-delete-backwards")
    bind("^H", "latent-delete-backwards")
    bind("^R", "latent-search")
  }

  private func bindEmacs() {
    bindCommonKeys()
    for lead in ["\\e[", "\\eO"] {
      bind(lead + "A", "latent-up")
      bind(lead + "B", "latent-down")
      bind(lead + "C", "latent-right")
      bind(lead + "D", "latent-left")
      bind(lead + "H", "latent-line-start")
      bind(lead + "F", "latent-line-end")
    }
    bind("\\e[1~", "latent-line-start")
    bind("\\e[4~", "latent-line-end")
    bind("\\e[3~", "ed-delete-next-char")
    for control in ["\\e[1;5", "\\e[1;3"] {
      bind(control + "C", "em-next-word")
      bind(control + "D", "ed-prev-word")
    }
    bind("^P", "latent-up")
    bind("^N", "latent-down")
    bind("^B", "latent-left")
    bind("^F", "latent-right")
    bind("^A", "latent-line-start")
    bind("^E", "latent-line-end")
    bind("^K", "latent-kill-line")
    bind("^D", "latent-delete-or-leave")
    bind("\\e\\r", "latent-open-line")
    bind("\\e\\n", "latent-open-line")
  }

  /// In vi the arrow keys are Escape and a command, as libedit has them: a key that begins with
  /// Escape would make leaving the insert mode wait for a second key.
  private func bindVi() {
    bindCommonKeys()
    for key in PrivateKey.allCases { edit_bind_command(editor, key.name.wide, key.function.wide) }
    edit_bind_command(editor, "^M".wide, "latent-accept".wide)
    edit_bind_command(editor, "^J".wide, "latent-accept".wide)
    edit_bind_command(editor, "k".wide, "latent-up".wide)
    edit_bind_command(editor, "j".wide, "latent-down".wide)
  }

  private func bind(_ key: String, _ function: String) {
    edit_bind(editor, key.wide, function.wide)
  }

  /// libedit keeps the two strings, so they live as long as the process.
  private func add(_ name: String, _ help: String, _ function: @escaping Function) {
    edit_add_function(editor, keptWide(name), keptWide(help), function)
  }

  private func run(_ command: UserCommands.Command) {
    let words = command.words.map(keptWide)
    var arguments: [UnsafePointer<wchar_t>?] = words.map { UnsafePointer($0) } + [nil]
    el_wparse(editor, Int32(words.count), &arguments)
    for word in words { word.deallocate() }
  }

}

/// The editor behind a handle, for a function that libedit calls with a key.
private func act(_ editor: OpaquePointer?, _ key: Int32) -> LibEditEditor {
  LibEditEditor.of(editor)
}
