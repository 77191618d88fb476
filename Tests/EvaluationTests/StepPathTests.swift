import Testing

@testable import Evaluation

/// Steps that depend on their own number are replayed as long as they do the same work, and leave
/// what interpreting every step leaves.
@Suite struct StepPathTests {
  private static let setup = """
    seed 5
    c = randn(20, 3); D = mlp(3, 8, 1); G = mlp(3, 6, 1); T = copy(D)
    B = dense(3, 4) >> batchnorm(4) >> dense(4, 1)
    fn loss(m) = mean((m(batch(c, 4)) - 1)^2)
    r = 1e-2; last = 0; kept = 0; log = [0]; names = ["a", 1]; average = 0
    """
  private static let report = """
    print history
    print r, last, kept, log, names, average, rand(), sum(T(c))
    print sum(D(c)), sum(G(c)), sum(B(c))
    """

  @Test(arguments: [
    (
      "a penalty every fourth step",
      """
      l = minimize D { if step % 4 == 0 { mean(D(c)^2) } else { loss(D) + rand() } }
      track l
      """
    ),
    (
      "a player that moves every fifth step",
      """
      minimize D { mean((D(batch(c, 4)) - G(randn(4, 3)))^2) }
      if step % 5 == 0 { minimize G { mean((G(randn(4, 3)) - D(c[0..<4]))^2) } }
      """
    ),
    (
      "a second phase",
      """
      minimize D { x = batch(c, 4); l = mean(D(x)^2); if step > 13 { l = l + mean(G(x)^2) }; l }
      """
    ),
    (
      "a report every seventh step",
      """
      minimize D { loss(D) }
      if step % 7 == 3 { print "{step}: {sum(D(c)):.4} {rand():.4}" }
      """
    ),
    (
      "freezing and freeing",
      """
      minimize [D, G] { mean((D(batch(c, 4)) - G(randn(4, 3)) - 1)^2) }
      if step == 11 { freeze D }
      if step == 23 { freeze D, on: false; freeze G }
      """
    ),
    (
      "a new seed",
      """
      minimize D { loss(D) }
      if step % 10 == 9 { seed step }
      """
    ),
    (
      "a rate that the program lowers",
      """
      minimize D, rate: r { loss(D) }
      if step == 15 { r = 1e-3 }
      if step == 30 { r = r / 2 }
      """
    ),
    (
      "an earlier step's value, read now and then",
      """
      if step % 9 == 8 { print "{last:.5}" }
      last = minimize D { loss(D) }
      """
    ),
    (
      "this step's value, kept now and then",
      """
      last = minimize D { loss(D) }
      if step % 9 == 8 { kept = last; print "{kept:.5}" }
      """
    ),
    (
      "an index that grows with the step",
      """
      s = [1, 2, 3, 4][floor(step / 10) % 4]
      minimize D { mean((D(s * randn(4, 3)) - 1)^2) }
      """
    ),
    (
      "a function chosen by the step",
      """
      f = [relu, tanh, sigmoid, relu][floor(step / 10) % 4]
      minimize D { mean((f(D(randn(4, 3))) - 1)^2) }
      """
    ),
    (
      "running statistics looked at",
      """
      minimize B { mean((B(batch(c, 8)) - 1)^2) }
      if step % 6 == 5 { print "{mean(B(c)):.5}" }
      """
    ),
    (
      "the step's number kept",
      """
      minimize D { mean((D(randn(4, 3)) - step)^2) }
      if step % 8 == 7 { last = step; track last }
      """
    ),
    (
      "two conditions",
      """
      minimize D { loss(D) * (if step % 3 == 0 and step > 10 { 2 } else { 1 }) }
      """
    ),
    (
      "a loop whose length changes",
      """
      i = 0
      l = 0
      while i < 1 + step % 2 + (step > 20) { l = l + mean((D(randn(4, 3)) - i)^2); i = i + 1 }
      minimize D { l + mean(D(randn(4, 3))^2) }
      """
    ),
    (
      "a log that grows",
      """
      log = concat(log, [step])
      minimize D { loss(D) }
      """
    ),
    (
      "another optimizer",
      """
      if step > 20 { minimize D, with: sgd(0.1) { loss(D) } }
      else { minimize D, with: adam() { loss(D) } }
      """
    ),
    (
      "a target network copied now and then",
      """
      minimize D { mean((D(randn(4, 3)) - T(randn(4, 3)))^2) + 1 }
      if step % 10 == 9 { T = copy(D) }
      """
    ),
    (
      "an average that begins late",
      """
      minimize D { loss(D) }
      if step >= 20 { average = 0.9 * average + 0.1 * mean(D(c)) }
      """
    ),
    (
      "shapes that grow",
      """
      minimize D { mean((D(concat(zeros(1 + floor(step / 12), 3), randn(4, 3))) - 1)^2) }
      """
    ),
    (
      "two clocks from one",
      """
      minimize [D, G] { mean((D(batch(c, 4)) - G(randn(4, 3)) - 1)^2) }
      if step % 8 == 3 { minimize G { mean(G(c)^2) } }
      """
    ),
    (
      "a list changed in place",
      """
      if step % 10 == 0 { names[1] = step }
      minimize D { mean((D(randn(4, 3)) - names[1])^2) }
      """
    ),
    (
      "a function that returns early",
      """
      fn by_step(k) { if k % 6 == 0 { return mean(D(c)^2) }; loss(D) }
      minimize D { by_step(step) }
      """
    ),
    (
      "a schedule by hand",
      """
      minimize D, rate: (if step < 12 { 1e-3 } else { 1e-2 }) { loss(D) }
      """
    ),
  ])
  func meanWhatInterpretedStepsMean(_ name: String, _ body: String) {
    for count in [1, 2, 3, 17, 18, 40, 300] {
      #expect(
        run(body, steps: count).shown == run(Self.look + body, steps: count).shown, "\(count)")
    }
  }

  /// Looking at data in memory is what keeps a step from being replayed.
  private static let look = "if sum(c) > -1e9 { }\n"

  private func run(_ body: String, steps: Int) -> (shown: String, recordings: Int) {
    final class Count { var value = 0 }
    let count = Count()
    var bench = Bench()
    bench.session.host.watchReplay = { _ in count.value += 1 }
    _ = bench.run(Self.setup)
    let shown = bench.shown("train \(steps) { step =>\n\(body)\n}\n\(Self.report)")
    return (shown, count.value)
  }

  @Test(arguments: [
    ("", 1), (look, 0), ("if step % 10 == 9 { print step }", 1), ("if step < 20 { rand() }", 2),
    ("if step % 2 == 0 { rand() }", 0), ("[relu, tanh, abs, exp][floor(step / 10) % 4](c)", 4),
  ])
  func areRecordedOnceForEachKind(_ extra: String, _ recordings: Int) {
    let body = "minimize D { loss(D) }\n\(extra)"
    #expect(run(body, steps: 40).recordings == recordings)
  }
}
