/// A search through earlier inputs that goes on while its words are typed, newest input first.
struct HistorySearch {
  /// What is looked for: the text itself, no pattern. Small letters also find capital ones.
  private(set) var words = ""
  /// What was found last, and what was found with fewer words, to come back to.
  private var places: [Place]
  private let inputs: [String]

  private struct Place {
    var words: String
    var index: Int
    var isMissing: Bool
  }

  /// `inputs` from the oldest to the newest.
  init(_ inputs: [String]) {
    self.inputs = inputs
    places = [Place(words: "", index: inputs.count, isMissing: false)]
  }

  /// The input that was found; nothing before the first words.
  var found: String? {
    guard let index = places.last?.index, inputs.indices.contains(index) else { return nil }
    return inputs[index]
  }

  /// Whether no input has the words; then the one found before them stays.
  var isMissing: Bool { places.last?.isMissing ?? false }

  /// Looks for longer words, from the input that is shown on.
  mutating func add(_ text: String) {
    words += text
    look(from: (places.last?.index ?? inputs.count))
  }

  /// Takes back the last letter, or the last step to an older input.
  mutating func removeLast() {
    guard places.count > 1 else { return }
    places.removeLast()
    words = places.last?.words ?? ""
  }

  /// Looks for an input that is older than the one shown, and another.
  mutating func goBack() {
    guard !words.isEmpty else { return }
    look(from: (places.last?.index ?? inputs.count) - 1)
  }

  private mutating func look(from start: Int) {
    let last = places.last?.index ?? inputs.count
    let shown = found
    let isStep = places.last?.words == words
    let index = inputs.indices.last {
      $0 <= start && matches(inputs[$0]) && !(isStep && inputs[$0] == shown)
    }
    places.append(Place(words: words, index: index ?? last, isMissing: index == nil))
  }

  private func matches(_ input: String) -> Bool {
    input.contains(words) || (words == words.lowercased() && input.lowercased().contains(words))
  }
}
