/// The lessons of a folder in the order in which they are learned.
package struct Curriculum: Sendable {
  /// By file name, which begins with a number.
  package let lessons: [Lesson]
  /// Prerequisites that do not exist, or that need each other.
  package let findings: [Finding]
  private let needs: [String: [String]]

  /// The front page of the folder, `README.md`, is no lesson.
  package init(_ lessons: [Lesson]) {
    let lessons = lessons.filter { $0.name != "README" }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    self.lessons = lessons
    let names = Set(lessons.map(\.name))
    needs = Dictionary(
      lessons.map { lesson in (lesson.name, lesson.frontMatter.needs.filter(names.contains)) },
      uniquingKeysWith: { first, _ in first })
    var findings: [Finding] = []
    for lesson in lessons {
      for need in lesson.frontMatter.needs where !names.contains(need) {
        findings.append(lesson.needsFinding("this lesson needs \(need), which does not exist"))
      }
    }
    self.findings = findings + Self.cycles(lessons, needs)
  }

  package subscript(name: String) -> Lesson? {
    lessons.first { $0.name == name }
  }

  /// The lesson that the learner means: its name, its number, or the beginning of its name.
  package func lesson(matching word: String) -> Lesson? {
    if let lesson = self[Lesson.name(ofPath: word)] { return lesson }
    if let number = Int(word), let lesson = lessons.first(where: { $0.number == number }) {
      return lesson
    }
    let matches = lessons.filter { lesson in
      lesson.name.hasPrefix(word)
        || lesson.name.drop(while: { $0.isNumber || $0 == "-" }).hasPrefix(word)
    }
    return matches.count == 1 ? matches[0] : nil
  }

  package func lesson(before name: String) -> Lesson? { neighbour(of: name, offset: -1) }
  package func lesson(after name: String) -> Lesson? { neighbour(of: name, offset: 1) }

  private func neighbour(of name: String, offset: Int) -> Lesson? {
    guard let index = lessons.firstIndex(where: { $0.name == name }) else { return nil }
    return lessons.indices.contains(index + offset) ? lessons[index + offset] : nil
  }

  /// The prerequisites of a lesson that are not in `finished`, in the order of the folder.
  package func missingNeeds(of name: String, finished: Set<String>) -> [Lesson] {
    let wanted = Set(needs[name] ?? []).subtracting(finished)
    return lessons.filter { wanted.contains($0.name) }
  }

  /// One finding for each lesson that needs itself by way of others.
  private static func cycles(_ lessons: [Lesson], _ needs: [String: [String]]) -> [Finding] {
    lessons.compactMap { lesson in
      var reached: Set<String> = []
      var open = needs[lesson.name] ?? []
      while let next = open.popLast() {
        if reached.insert(next).inserted { open += needs[next] ?? [] }
      }
      guard reached.contains(lesson.name) else { return nil }
      let partners = reached.filter { $0 != lesson.name }.sorted()
      return lesson.needsFinding(
        partners.isEmpty
          ? "this lesson needs itself"
          : "this lesson needs itself by way of \(partners.joined(separator: ", "))")
    }
  }
}

extension Lesson {
  /// The number that the file name begins with.
  package var number: Int? { Int(name.prefix { $0.isNumber }) }

  fileprivate func needsFinding(_ message: String) -> Finding {
    let line = frontMatter.text.textLines.firstIndex { $0.content.hasPrefix("needs:") } ?? 0
    return Finding(.needs, path: path, line: line + 1, message: message)
  }
}
