package enum Parser { package static func parse(_ s: Source, commands: Set<String>) -> Program { Program(statements: [], isSilenced: false, diagnostics: [], isIncomplete: false) } }
package enum DiagnosticPrinter { package static func print(_ d: Diagnostic) -> String { d.message } }
