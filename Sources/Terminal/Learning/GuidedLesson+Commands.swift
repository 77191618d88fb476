import Evaluation
import Notebook

/// The meta commands of a guided lesson.
extension GuidedLesson {
  package var commands: [MetaCommand<State>] {
    [next, hint, solution, skip, back, goTo, restart, show, progressList]
  }

  private var next: MetaCommand<State> {
    MetaCommand("next", summary: "run this cell, or check the answer (the same as Enter)") {
      repl, _ in self.goOn(&repl)
    }
  }

  private func exercise() throws -> Exercise {
    guard case .exercise(let exercise) = stops[position].step else {
      throw MetaCommandError("there is no exercise here", help: "Enter runs the next cell")
    }
    return exercise
  }

  private var hint: MetaCommand<State> {
    MetaCommand("hint", "[N]", summary: "the next hint for the exercise, or the Nth once more") {
      repl, argument in
      let exercise = try self.exercise()
      let seen = self.progress.exercises[exercise.id]?.hintsSeen ?? 0
      let number = argument.isEmpty ? seen + 1 : Int(argument) ?? 0
      guard argument.isEmpty || (1...max(seen, 1)).contains(number) else {
        throw MetaCommandError(
          "hints seen so far: \(seen) of \(exercise.hints.count)",
          help: "`:hint` alone shows the next")
      }
      guard number <= exercise.hints.count,
        let cell = self.lesson.cell(at: exercise.hints[number - 1])
      else {
        let reason = exercise.hints.isEmpty ? "this exercise has no hint" : "that was the last hint"
        repl.write("\(reason); `:solution` shows an answer")
        return
      }
      self.progress.exercises[exercise.id, default: .init()].hintsSeen = max(seen, number)
      repl.write("hint \(number) of \(exercise.hints.count)")
      repl.write(self.outside.prose(cell.content))
      self.outside.keepProgress(self.progress)
    }
  }

  private var solution: MetaCommand<State> {
    MetaCommand("solution", summary: "an answer to the exercise; the lesson goes on with it") {
      repl, _ in
      let exercise = try self.exercise()
      if let cell = exercise.solution.flatMap({ self.lesson.cell(at: $0) }) {
        repl.write(self.outside.program(cell.content))
      }
      self.finish(exercise, as: .shown, saying: self.outside.quiet("this is one way"), &repl)
    }
  }

  private var skip: MetaCommand<State> {
    MetaCommand("skip", summary: "go on without this exercise or cell") { repl, _ in
      switch self.stops[self.position].step {
      case .exercise(let exercise):
        self.finish(exercise, as: .skipped, saying: self.outside.quiet("skipped"), &repl)
      case .cell: self.move(to: self.position + 1, &repl)
      case .end: repl.isFinished = true
      }
    }
  }

  private var back: MetaCommand<State> {
    MetaCommand("back", summary: "go back to the cell before") { repl, _ in
      guard self.position > 0 else { throw MetaCommandError("this is the first cell") }
      self.move(to: self.position - 1, &repl)
    }
  }

  private var goTo: MetaCommand<State> {
    MetaCommand("goto", "NUMBER", summary: "go to a cell; cells between are run") {
      repl, argument in
      guard let number = Int(argument), self.stops.indices.contains(number - 1) else {
        throw MetaCommandError(
          "expected a number from 1 to \(self.stops.count)"
            + (argument.isEmpty ? "" : ", got `\(argument)`"))
      }
      self.move(to: number - 1, &repl)
    }
  }

  private var restart: MetaCommand<State> {
    MetaCommand("restart", summary: "begin this lesson again") { repl, _ in
      self.checkpoints = [:]
      self.progress.doneCells = []
      self.move(to: 0, &repl)
    }
  }

  private var show: MetaCommand<State> {
    MetaCommand("show", summary: "show the text and the cell here once more") { repl, _ in
      self.present(repl)
    }
  }

  private var progressList: MetaCommand<State> {
    MetaCommand("progress", summary: "how far you are") { repl, _ in
      var lines = ["cell \(self.position + 1) of \(self.stops.count)"]
      for exercise in self.lesson.exercises {
        let made = self.progress.exercises[exercise.id]
        let state =
          switch made?.outcome {
          case .solved: "solved"
          case .shown: "solution seen"
          case .skipped: "skipped"
          case nil: made == nil ? "to do" : "begun"
          }
        let attempts = made.map { $0.attempts == 0 ? "" : ", " + Self.tries($0.attempts) } ?? ""
        lines.append("  exercise \(exercise.id): \(state)\(attempts)")
      }
      repl.write(lines.joined(separator: "\n"))
    }
  }

  private static func tries(_ count: Int) -> String { count == 1 ? "1 try" : "\(count) tries" }
}
