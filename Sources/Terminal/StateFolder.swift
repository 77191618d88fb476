/// Where Latent keeps what outlives a session.
package enum StateFolder {
  /// `latent` in the state folder of the XDG specification; nil if there is no home.
  package static var standard: String? {
    if let state = environmentVariable("XDG_STATE_HOME"), state.hasPrefix("/") {
      return state + "/latent"
    }
    guard let home = environmentVariable("HOME"), home.hasPrefix("/") else { return nil }
    return home + "/.local/state/latent"
  }
}
