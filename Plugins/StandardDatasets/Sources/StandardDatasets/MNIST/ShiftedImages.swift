/// Images moved by whole pixels, what comes in being background.
struct ShiftedImages: Sendable {
  private let images: ArraySlice<UInt8>
  private let size: ImageSize
  private let isPooled: Bool
  /// Right and down, by variant; that of variant 0 is none.
  private let shifts: [(x: Int, y: Int)]

  /// The shifts, at least 1.
  var variantCount: Int { shifts.count }

  /// All shifts of up to `reach` pixels each way, of images [N × height × width].
  init(_ images: ArraySlice<UInt8>, of size: ImageSize, reach: Int, isPooled: Bool) {
    self.images = images
    self.size = size
    self.isPooled = isPooled
    let others = (-reach...reach).flatMap { y in (-reach...reach).map { (x: $0, y: y) } }
    shifts = [(0, 0)] + others.filter { $0 != (0, 0) }
  }

  /// Writes one image, as values 0 to 1: [height × width], or the means of 2×2 pixels.
  func write(_ row: Int, variant: Int, into output: UnsafeMutableBufferPointer<Float>) {
    let (height, width) = (size.height, size.width)
    let shift = shifts[variant]
    images.withUnsafeBufferPointer { images in
      let image = UnsafeBufferPointer(
        rebasing: images[row * size.pixelCount..<(row + 1) * size.pixelCount])
      func pixel(_ x: Int, _ y: Int) -> Int {
        let (x, y) = (x - shift.x, y - shift.y)
        return x >= 0 && x < width && y >= 0 && y < height ? Int(image[y * width + x]) : 0
      }
      if isPooled {
        for y in 0..<height / 2 {
          for x in 0..<width / 2 {
            let upper = pixel(2 * x, 2 * y) + pixel(2 * x + 1, 2 * y)
            let lower = pixel(2 * x, 2 * y + 1) + pixel(2 * x + 1, 2 * y + 1)
            output[y * (width / 2) + x] = Float(upper + lower) / 1020
          }
        }
      } else {
        for y in 0..<height {
          for x in 0..<width { output[y * width + x] = Float(pixel(x, y)) / 255 }
        }
      }
    }
  }
}
