/// Colours of combinations: told apart with any kind of colour vision, on white and on black.
///
/// They are named by classes, so that the page's style decides by its theme. From the ninth combination on
/// colours are used again, with broken lines.
package enum Palette {
  /// On a light background.
  package static let light = [
    "#0072b2", "#d55e00", "#3a3a3a", "#8a1cf5", "#00734f", "#a08f8a", "#882200", "#222299",
  ]
  /// On a dark background.
  package static let dark = [
    "#5ab0f0", "#ff8f4d", "#d5dcd5", "#9a4dff", "#6fe39a", "#dd3366", "#ffdd00", "#9c8a86",
  ]

  /// The class of a combination's colour, and of its line where colours begin anew.
  package static func style(_ series: Int) -> String {
    let round = series / light.count
    return "s\(series % light.count)" + (round == 0 ? "" : " k\((round - 1) % 2 + 1)")
  }
}
