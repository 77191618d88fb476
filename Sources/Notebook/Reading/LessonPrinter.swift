/// Turns a lesson back into text; the inverse of `LessonParser`, byte for byte.
package enum LessonPrinter {
  package static func print(_ lesson: Lesson) -> String {
    lesson.blocks.reduce(into: lesson.frontMatter.text) { text, block in
      text += block.text
    }
  }
}

extension Lesson.Block {
  /// The block exactly as it stands in the lesson.
  package var text: String {
    switch self {
    case .prose(let prose): prose.text
    case .cell(let cell): cell.text
    }
  }

  /// Line of the lesson on which the block begins.
  package var firstLine: Int {
    switch self {
    case .prose(let prose): prose.firstLine
    case .cell(let cell): cell.firstLine
    }
  }
}
