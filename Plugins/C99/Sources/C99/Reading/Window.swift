/// A window that moves over images [channels × height × width].
struct Window {
  var channels: Int
  var height: Int
  var width: Int
  /// Channels of the result.
  var filters: Int
  /// Taps, downwards and to the right; the same order in the other pairs.
  var kernel: (height: Int, width: Int)
  var stride: (height: Int, width: Int)
  var dilation: (height: Int, width: Int)
  /// Rows above, columns to the left, rows below, columns to the right that are 0 and not there.
  var margin: (top: Int, left: Int, bottom: Int, right: Int)

  var resultHeight: Int {
    Self.extent(height + margin.top + margin.bottom, kernel.height, stride.height, dilation.height)
  }

  var resultWidth: Int {
    Self.extent(width + margin.left + margin.right, kernel.width, stride.width, dilation.width)
  }

  var resultCount: Int { filters * resultHeight * resultWidth }
  var tapCount: Int { kernel.height * kernel.width }
  var hasMargin: Bool { margin.top + margin.left + margin.bottom + margin.right > 0 }

  /// Whether no element of the image is in two windows.
  var isApart: Bool {
    !hasMargin && dilation == (1, 1) && kernel.height <= stride.height
      && kernel.width <= stride.width
  }

  private static func extent(_ size: Int, _ kernel: Int, _ stride: Int, _ dilation: Int) -> Int {
    let room = size - dilation * (kernel - 1) - 1
    return room < 0 ? 0 : room / stride + 1
  }
}
