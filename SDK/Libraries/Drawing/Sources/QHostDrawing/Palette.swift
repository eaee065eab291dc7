/// The colours of lines and points: on white and on a dark page, the same hue at the same place.
///
/// Any two are at least 15 apart in CIE L\*a\*b\* with every kind of colour vision (Machado's simulation, which
/// the tests repeat) and stand out from their background by 3 to 1. They were found by a search over all
/// colours of 16 steps a channel; their order says nothing.
public enum Palette {
  /// On white.
  public static let light = [
    "#bb33dd", "#774400", "#dd6600", "#779977", "#552277", "#ff1144",
    "#ff11aa", "#005566", "#661122", "#00aa55", "#2288ff", "#1122bb",
  ]
  /// On a dark page.
  public static let dark = [
    "#cc00bb", "#ffdd11", "#ff9922", "#447777", "#8855ff", "#ee0011",
    "#ff0088", "#cceecc", "#aa5544", "#11ff88", "#4499ff", "#ffaaff",
  ]
  /// How many there are.
  public static let count = light.count
}
