/// Counts in words: `1 point`, `1,600 points`.
enum Plural {
  static func text(_ count: Int, _ one: String, _ many: String? = nil) -> String {
    NumberFormat.grouped(count) + " " + (count == 1 ? one : many ?? one + "s")
  }
}
