import QHostRadio
import Testing

@Suite("Antennas")
struct AntennaTests {
  @Test("The sector's pattern at its marks")
  func sector() {
    var pattern = SectorPattern()
    #expect(pattern.gain(azimuth: 0, depression: 6, tilt: 6) == 14)
    #expect(pattern.gain(azimuth: 35, depression: 6, tilt: 6) == 11)
    #expect(pattern.gain(azimuth: 0, depression: 11, tilt: 6) == 11)
    #expect(pattern.gain(azimuth: 0, depression: 90, tilt: 6) == -6)
    #expect(pattern.gain(azimuth: 180, depression: 90, tilt: 6) == -11)
    pattern.verticalWidth = 5
    #expect(pattern.gain(azimuth: 0, depression: 8.5, tilt: 6) == 11)
  }

  @Test("The element is the one of another package")
  func element() throws {
    for other in try Recorded.read().gains {
      let ours = ElementPattern.gain(zenith: other.zenith, azimuth: other.azimuth)
      #expect(abs(ours - other.gain) < 1e-9, "\(other)")
    }
    #expect(ElementPattern.gain(zenith: 90, azimuth: 0) == 8)
  }

  @Test("A column gains 10 lg K at its tilt, and has zeros")
  func column() {
    let column = AntennaColumn(elementCount: 10)
    #expect(abs(column.arrayGain(zenith: 102, tilt: 12) - 10) < 1e-9)
    #expect(column.arrayGain(zenith: 95, tilt: 12) < 10)
    let gains = (900...1_100).map { column.arrayGain(zenith: Double($0) / 10, tilt: 3) }
    #expect((gains.min() ?? 0) < -20)
    #expect(
      AntennaColumn(elementCount: 1).gain(zenith: 102, azimuth: 20, tilt: 12)
        == ElementPattern.gain(zenith: 102, azimuth: 20))
  }

  @Test("A mechanical tilt looks down in front, up at the back, and to the side not at all")
  func mechanical() {
    let tilt = MechanicalTilt(angle: 8)
    #expect(abs(tilt.local(zenith: 98, azimuth: 0).zenith - 90) < 1e-9)
    #expect(abs(tilt.local(zenith: 82, azimuth: 180).zenith - 90) < 1e-9)
    #expect(abs(tilt.local(zenith: 90, azimuth: 90).zenith - 90) < 1e-9)
    let same = MechanicalTilt(angle: 0).local(zenith: 70, azimuth: -35)
    #expect(abs(same.zenith - 70) < 1e-9 && abs(same.azimuth + 35) < 1e-9)
  }
}
