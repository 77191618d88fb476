/// How far a `train` has come; given to whoever draws a progress bar.
package struct TrainingProgress: Sendable {
  package var step: Int
  package var stepCount: Int
  package var elapsedSeconds: Double
  /// Latest value of each tracked name, in order of first use.
  package var tracked: [(name: String, value: Float)]

  package init(
    step: Int, stepCount: Int, elapsedSeconds: Double, tracked: [(name: String, value: Float)]
  ) {
    self.step = step
    self.stepCount = stepCount
    self.elapsedSeconds = elapsedSeconds
    self.tracked = tracked
  }
}
