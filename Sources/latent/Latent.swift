import ArgumentParser

/// The program: one sub-command per file.
@main
struct Latent: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "latent",
    abstract: "A notebook for deep generative modelling in the terminal.",
    discussion: """
      Without arguments, opens the prompt. Lessons are Markdown files that can be run, checked \
      and read.

      examples:
        latent                          the prompt
        latent FILE.md                  the prompt, after a page that `:save` wrote
        latent --recover                the prompt as it was before it was cut off
        latent -e 'sum([1, 2, 3]^2)'    the value of an expression
        latent learn                    lessons, one cell at a time
        latent run FILE                 runs a program or a lesson
        latent check Lessons            runs lessons as regression tests
        latent weave Lessons            makes pages of lessons
        latent explain 'EXPR'           shows an expression at every stage
      """,
    version: Version.text,
    subcommands: [
      Prompt.self, Learn.self, Run.self, Check.self, Promote.self, Lint.self, Weave.self,
      HelpOn.self,
      Explain.self, Doctor.self, ShellCompletions.self, PrintReference.self,
    ],
    defaultSubcommand: Prompt.self)
}

enum Version {
  static let text = "0.1.0"
}
