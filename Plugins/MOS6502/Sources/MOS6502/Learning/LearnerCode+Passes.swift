internal import QHostGraphs

extension LearnerCode {
  /// What is called from outside.
  var entries: String {
    let outputs = plan.network.outputCount
    let passes = layers.indices.map { "  jsr pass\($0)" }.joined(separator: "\n")
    let (low, high) = trial(last)
    let kept = layers.indices.map { "  jsr keep\($0)" }.joined(separator: "\n")
    let levels = layers.indices.dropLast().flatMap { place in
      (0..<layers[place].unitCount).map {
        "  lda hidden\(place)+\($0)\n  sta levels\(place + 1)+\($0 * rows),y"
      }
    }.joined(separator: "\n")
    return """
      infer:
        cld
        jsr prepare
      \(passes)
        ldy #\(outputs - 1)
        ldx #\(outputs - 2)
      best:
        lda \(low),x
        cmp \(low),y
        lda \(high),x
        sbc \(high),y
        bcc worse
        txa
        tay
      worse:
      \(round("best", outputs - 1))
        tya
        rts
      learn:
        jsr remember
        bcs refused
        jmp improve
      refused:
        rts
      remember:
        cld
        cmp #\(outputs)
        bcs refused
        ldy next
        sty row
        sta class,y
        jsr prepare
        lda #<levels0
        sta levels
        lda #>levels0
        sta levels+1
        ldx #0
        ldy row
      copy:
        lda input,x
        sta (levels),y
      \(advance("levels", rows, "copied"))
        inx
        cpx #\(plan.network.inputCount)
        bne copy
      \(passes)
        ldy row
      \(kept)
      \(levels)
        jsr margin
        jsr keep_loss
        lda count
        cmp #\(rows)
        bcs full
        inc count
      full:
        inc next
        lda next
        cmp #\(rows)
        bcc around
        lda #0
        sta next
      around:
        clc
        rts
      """
  }

  /// Sums, and levels where it is hidden, of the row that is computed.
  func pass(_ place: Int) -> String {
    let layer = layers[place]
    let (low, high) = trial(place)
    let name = "pass\(place)"
    let ending =
      layer.isLast
      ? "  rts"
      : """
        ldx #\(layer.unitCount - 1)
      \(name)_levels:
        stx inner_unit
        lda \(low),x
        sta change
        lda \(high),x
        sta change+1
        jsr look\(place)
        ldx inner_unit
        sta hidden\(place),x
      \(round("\(name)_levels", layer.unitCount))
        rts
      look\(place):
        lda page\(place),x
        sta table+1
        lda shift\(place),x
        tax
        jmp look
      """
    return """
      \(name):
        ldx #\(layer.unitCount - 1)
      \(name)_start:
        lda offset\(place)_low,x
        sta \(low),x
        lda offset\(place)_high,x
        sta \(high),x
      \(round("\(name)_start", layer.unitCount))
        lda #<weights\(place)
        sta column
        lda #>weights\(place)
        sta column+1
        ldx #0
      \(name)_input:
        stx index
        lda \(given(place)),x
        beq \(name)_zero
        jsr multiply_by
        jsr add\(place)
      \(name)_zero:
      \(advance("column", layer.unitCount, "\(name)_next"))
        ldx index
        inx
        cpx #\(layer.inputCount)
        bne \(name)_input
      \(ending)
      add\(place):
        ldx #\(layer.unitCount - 1)
      add\(place)_unit:
        txa
        tay
        lda (column),y
        tay
        sec
        lda (square_pl),y
        sbc (square_ml),y
        sta product
        lda (square_ph),y
        sbc (square_mh),y
        tay
        clc
        lda \(low),x
        adc product
        sta \(low),x
        tya
        adc \(high),x
        sta \(high),x
      \(round("add\(place)_unit", layer.unitCount))
        rts
      """
  }

  /// Copies between the sums of the row that is computed and those of a kept row, whose number is in Y.
  func copies(_ place: Int) -> String {
    let (low, high) = trial(place)
    var (keep, fetch) = (["keep\(place):"], ["fetch\(place):"])
    for unit in 0..<layers[place].unitCount {
      for (mine, its) in [(low, "sums\(place)_low"), (high, "sums\(place)_high")] {
        keep += ["  lda \(mine)+\(unit)", "  sta \(its)+\(unit * rows),y"]
        fetch += ["  lda \(its)+\(unit * rows),y", "  sta \(mine)+\(unit)"]
      }
    }
    return (keep + ["  rts"] + fetch + ["  rts"]).joined(separator: "\n")
  }

  /// Products, tables, and losses.
  var products: String {
    let outputs = plan.network.outputCount
    let (low, high) = trial(last)
    return """
      prepare:
        ldx #>squares_low
        stx square_pl+1
        stx square_ml+1
        ldx #>squares_high
        stx square_ph+1
        stx square_mh+1
        ldx #0
        stx table
        stx keep
        rts
      multiply_by:
        clc
        adc #127
        sta square_pl
        sta square_ph
        eor #$ff
        clc
        adc #$ff
        sta square_ml
        sta square_mh
        rts
      look:
        lda change+1
        bmi lowest
        cpx #0
        beq shifted
      shifting:
        lsr a
        ror change
        dex
        bne shifting
      shifted:
        cmp #0
        bne highest
        ldy change
        lda (table),y
        rts
      highest:
        ldy #255
        lda (table),y
        rts
      lowest:
        ldy #0
        lda (table),y
        rts
      margin:
        ldy row
        ldx class,y
        lda \(low),x
        sta own
        lda \(high),x
        sta own+1
        lda #0
        sta \(low),x
        sta \(high),x
        sta rival
        sta rival+1
        ldx #\(outputs - 1)
      compare:
        lda \(low),x
        cmp rival
        lda \(high),x
        tay
        sbc rival+1
        bcc smaller
        sty rival+1
        lda \(low),x
        sta rival
      smaller:
      \(round("compare", outputs))
        sec
        lda rival
        sbc own
        sta loss
        lda rival+1
        sbc own+1
        sta loss+1
        lda #0
        sbc #0
        sta loss+2
        clc
        lda loss
        adc #\(plan.network.margin & 0xFF)
        sta loss
        lda loss+1
        adc #\(plan.network.margin >> 8)
        sta loss+1
        lda loss+2
        adc #0
        sta loss+2
        bpl lost
        lda #0
        sta loss
        sta loss+1
        sta loss+2
      lost:
        rts
      """
  }
}
