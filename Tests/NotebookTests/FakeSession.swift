import Evaluation
import Rendering
import Syntax

@testable import Notebook

/// An interpreter of sums of whole numbers: just enough language for a lesson.
///
/// `x = 1 + y` · `x + 1` shows the sum · `print TEXT` · `fail TEXT` · `expect SUM == SUM, TEXT` ·
/// `seed N` · `roll` shows a number that depends on the seed and the rolls so far · `spin` runs
/// until it is stopped.
struct FakeSession: Interpreter, Sendable {
  private(set) var variables: [String: Int] = [:]
  private var rolls = 0
  private let interruption: Interruption

  init(interruption: Interruption = Interruption()) {
    self.interruption = interruption
  }

  mutating func run(_ source: Source, watch: ((Output) -> Void)?) -> CellResult {
    var outputs: [Output] = []
    for (index, line) in source.text.split(separator: "\n").enumerated() {
      let statement = line.drop { $0 == " " }
      if statement.isEmpty || statement.hasPrefix("#") { continue }
      do {
        if let text = try run(String(statement)) { outputs.append(.text(text)) }
      } catch {
        let place = "\(source.name):\(source.firstLine + index)"
        let text = "error[\(error.id)]: \(error.message)\n  \(place)"
        outputs.append(.failure(Failure(id: error.id, text: text)))
        return CellResult(outputs: outputs, succeeded: false)
      }
    }
    return CellResult(outputs: outputs, succeeded: true)
  }

  private struct Problem: Error {
    let id: String
    let message: String
  }

  private mutating func run(_ statement: String) throws(Problem) -> String? {
    let words = statement.split(separator: " ", maxSplits: 1).map(String.init)
    let rest = words.count > 1 ? words[1] : ""
    switch words[0] {
    case "print": return rest
    case "fail": throw Problem(id: "failed", message: rest)
    case "seed": rolls = (Int(rest) ?? 0) * 1_000
    case "roll":
      rolls += 1
      return "\(rolls)"
    case "spin": while !interruption.isRaised {}
    case "expect": try expect(rest)
    default:
      if let equals = statement.split(separator: " = ").count == 2 ? " = " : nil {
        let sides = statement.split(separator: equals).map(String.init)
        variables[sides[0]] = try sum(sides[1])
      } else {
        return "\(try sum(statement))"
      }
    }
    return nil
  }

  private func expect(_ text: String) throws(Problem) {
    let parts = text.split(separator: ", ", maxSplits: 1).map(String.init)
    let sides = parts[0].split(separator: " == ").map(String.init)
    let left = try sum(sides[0])
    let right = try sum(sides[1])
    if left != right {
      let fact = parts.count > 1 ? ", \(parts[1])" : ""
      throw Problem(id: "expectation", message: "expected \(right), got \(left)\(fact)")
    }
  }

  private func sum(_ text: String) throws(Problem) -> Int {
    var total = 0
    for term in text.split(separator: " + ") {
      guard let value = Int(term) ?? variables[String(term)] else {
        throw Problem(id: "unknown-name", message: "there is no \(term)")
      }
      total += value
    }
    return total
  }

  func isIncomplete(_ text: String) -> Bool { text.hasSuffix("+") }

  func completions(in text: String, at cursor: Int) -> Completions {
    Completions(start: cursor, end: cursor, candidates: [])
  }
}

func renderPlainly(_ outputs: [Output]) -> String {
  outputs.map { output in
    switch output {
    case .text(let text): text + "\n"
    case .failure(let failure): failure.text + "\n"
    case .file(let file): "\(file.path)  \(file.byteCount) bytes  \(file.sha256)\n"
    case .table, .chart, .image, .panels: PlainRenderer().text(output)
    }
  }.joined()
}

func fakeRunner(limit: Double? = nil, only: CellChoice? = nil) -> Runner<FakeSession> {
  Runner(
    cellTimeLimitSeconds: limit, only: only,
    makeSession: { _, interruption in FakeSession(interruption: interruption) },
    render: renderPlainly)
}

/// Code cells and their outputs in little space: lines, cells from `>` to an empty line.
func run(_ text: String, limit: Double? = nil, only: CellChoice? = nil) -> LessonRun {
  fakeRunner(limit: limit, only: only).run(lesson(text))
}
