import CLibEdit

/// Ctrl-R. libedit's own search takes what is typed for a pattern, and knows 256 characters only.
extension LibEditEditor {
  func beginSearch() -> KeyEffect {
    search = (HistorySearch(history), whole)
    return showFound()
  }

  /// What a key means to the search: another step, or its end.
  func searchStep(_ key: KeyDecoder.Key) -> PrivateKey {
    switch key {
    case .paste(let text):
      search?.search.add(String(text.prefix { !$0.isNewline }))
    case .scalar("\u{12}"): search?.search.goBack()
    case .scalar("\u{7F}"), .scalar("\u{8}"): search?.search.removeLast()
    case .scalar(let scalar) where scalar.value >= 0x20:
      search?.search.add(String(scalar))
    case .scalar("\u{7}"):
      search?.search = HistorySearch([])
      return .endSearch
    case .scalar("\u{1B}") where decoder.isEmpty: return .endSearch
    case .scalar:
      heldKey = key
      return .endSearch
    }
    return .search
  }

  func showFound() -> KeyEffect {
    guard let (search, before) = search else { return .beep }
    setPrompt((search.isMissing ? "not found " : "search ") + label(search.words))
    if let found = search.found {
      let cells = text.cells(of: found)
      show(LineMovement(cells: cells, cursor: cells.count))
    } else {
      show(before)
    }
    return search.isMissing ? .refreshAndBeep : .refresh
  }

  /// Leaves what was found, or what was there before.
  func endSearch() -> KeyEffect {
    setPrompt(nil)
    if let (search, before) = search, search.found == nil { show(before) }
    search = nil
    return .refresh
  }

  /// The words in front of the prompt's mark; the last of them where there are many.
  private func label(_ words: String) -> String {
    let room = max(width() / 3, 8)
    let end = words.count > room ? "…" + words.suffix(room - 1) : words
    return end.isEmpty ? style.prompt : "\(end) \(style.prompt)"
  }
}
