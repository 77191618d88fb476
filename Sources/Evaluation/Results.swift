import Tensors

/// The values that cells have shown, by number: `_` is the last of them, `_3` the third.
struct Results {
  /// Values shown so far, forgotten ones included.
  private(set) var count = 0
  private var kept: [Int: Value] = [:]

  /// Older ones are forgotten, so that looking at large values does not fill the memory.
  private static let capacity = 50

  init() {}

  init(count: Int, kept: [(number: Int, value: Value)]) {
    self.count = count
    self.kept = Dictionary(kept.map { ($0.number, $0.value) }) { $1 }
  }

  mutating func add(_ value: Value) {
    count += 1
    kept[count] = value
    kept[count - Results.capacity] = nil
  }

  /// The value behind a name such as `_` or `_3`; nothing for other names.
  subscript(name: String) -> Value? { Results.number(in: name, last: count).flatMap { kept[$0] } }

  var numbered: [(number: Int, value: Value)] {
    kept.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Names that have a value, the last one first.
  var names: [String] {
    count == 0 ? [] : ["_"] + kept.keys.sorted(by: >).map { "_\($0)" }
  }

  /// The number that a name stands for, whether there is a value or not.
  private static func number(in name: String, last: Int) -> Int? {
    guard name.first == "_" else { return nil }
    let digits = name.dropFirst()
    guard digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
      return nil
    }
    return digits.isEmpty ? last : Int(digits)
  }

  static func isName(_ name: String) -> Bool { number(in: name, last: 0) != nil }
}
