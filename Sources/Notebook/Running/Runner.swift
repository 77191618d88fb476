import Evaluation
import Rendering
import Syntax

/// Runs lessons from top to bottom without a terminal, each in a session of its own.
package struct Runner<Session: Interpreter & SendableMetatype>: Sendable {
  package typealias MakeSession = @Sendable (Lesson, Interruption) -> Session
  package typealias Render = @Sendable ([Output]) -> String

  let makeSession: MakeSession
  let render: Render
  /// How long one cell may take; nil leaves it to the lesson.
  package var cellTimeLimitSeconds: Double?
  /// The only cells to judge; the cells above them still run, because they need them.
  package var only: CellChoice?
  /// Where to look for what an earlier run of the same cells came to.
  package var memory: LessonMemory<Session>?
  /// Whether a session comes from its lesson alone; what files say may change.
  package var isRepeatable: @Sendable (Session) -> Bool = { _ in true }
  /// A remembered session in the surroundings of another.
  package var adopt: @Sendable (_ remembered: Session, _ current: Session) -> Session = {
    remembered, _ in remembered
  }
  /// Hears of every cell before it runs, on the thread that runs it.
  package var willRun: @Sendable (Lesson, Cell) -> Void = { _, _ in }

  /// `makeSession` gives a fresh session whose work stops when the interruption is raised;
  /// `render` is the plain renderer.
  package init(
    cellTimeLimitSeconds: Double? = nil, only: CellChoice? = nil,
    makeSession: @escaping MakeSession, render: @escaping Render
  ) {
    self.cellTimeLimitSeconds = cellTimeLimitSeconds
    self.only = only
    self.makeSession = makeSession
    self.render = render
  }

  /// What a cell may take if neither the runner nor the lesson says anything.
  static var usualCellTimeLimitSeconds: Double { 120 }

  /// Runs one lesson, on a thread whose stack recursion in a program cannot exhaust.
  package func run(_ lesson: Lesson) -> LessonRun { run([lesson], jobs: 1)[0] }

  /// Runs the lessons on `jobs` threads; `finished` hears of each in the order of `lessons`.
  package func run(
    _ lessons: [Lesson], jobs: Int, finished: @escaping @Sendable (LessonRun) -> Void = { _ in }
  ) -> [LessonRun] {
    Workers.map(lessons, jobs: jobs, finished: finished) { lesson in
      var pass = LessonPass(runner: self, lesson: lesson)
      return pass.run()
    }
  }
}
