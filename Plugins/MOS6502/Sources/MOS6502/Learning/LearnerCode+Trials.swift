internal import QHostGraphs

extension LearnerCode {
  /// Continues from a level of a layer that is `A` more in a row.
  func carry(_ place: Int) -> String {
    """
    carry\(place):
      jsr multiply_by
      lda base
      sta column
      lda base+1
      sta column+1
      ldy row
      jsr fetch\(place)
      jsr add\(place)
      jmp settle\(place)
    """
  }

  /// The loss of a row whose sums of a layer are those that are computed.
  func settle(_ place: Int) -> String {
    let name = "settle\(place)"
    let keeping = """
      \(name):
        lda keep
        beq \(name)_kept
        ldy row
        jsr keep\(place)
      \(name)_kept:
      """
    guard place < last else { return keeping + "\n  jmp margin" }
    // The first layer's sums change one by one.
    guard place > 0 else { return "" }
    let (low, high) = trial(place)
    return """
      \(keeping)
        lda #0
        sta any
        lda #<weights\(place + 1)
        sta column
        lda #>weights\(place + 1)
        sta column+1
        lda #<levels\(place + 1)
        sta inner
        lda #>levels\(place + 1)
        sta inner+1
        ldx #0
      \(name)_unit:
        stx inner_unit
        lda \(low),x
        sta change
        lda \(high),x
        sta change+1
        jsr look\(place)
        sta rise
        ldy row
        sec
        sbc (inner),y
        beq \(name)_same
        tax
        lda keep
        beq \(name)_tried
        lda rise
        sta (inner),y
      \(name)_tried:
        stx rise
        lda any
        bne \(name)_more
        inc any
        jsr fetch\(place + 1)
      \(name)_more:
        lda rise
        jsr multiply_by
        jsr add\(place + 1)
      \(name)_same:
      \(advance("column", layers[place + 1].unitCount, "\(name)_column"))
      \(advance("inner", rows, "\(name)_inner"))
        ldx inner_unit
        inx
        cpx #\(layers[place].unitCount)
        bne \(name)_unit
        lda any
        bne \(name)_changed
        jmp stored
      \(name)_changed:
        jmp settle\(place + 1)
      """
  }

  /// The sum of losses with a step; the carry is set where that is not below the limit.
  func attempt(_ place: Int) -> String {
    let name = "try\(place)"
    return """
      \(name):
        lda #0
        sta sum
        sta sum+1
        sta sum+2
        sta row
      \(name)_row:
        ldy row
        lda (levels),y
        eor mask
        clc
        adc delta
        sta change
        lda mask
        adc delta+1
        sta change+1
        ora change
        bne \(name)_changes
        jsr stored
        jmp \(name)_add
      \(name)_changes:
      \(place == last ? lastChange(place) : hiddenChange(place))
      \(name)_add:
        jsr account
        bcs \(name)_out
        inc row
        lda row
        cmp count
        beq \(name)_end
        jmp \(name)_row
      \(name)_end:
        clc
      \(name)_out:
        rts
      """
  }

  private func hiddenChange(_ place: Int) -> String {
    let name = "try\(place)"
    return """
        clc
        lda change
        adc (sums_low),y
        sta change
        sta result
        lda change+1
        adc (sums_high),y
        sta change+1
        sta result+1
      \(place + 1 < last ? "  lda page\n  sta table+1" : "")
        ldx shift
        jsr look
        sta level
        ldy row
        sec
        sbc (results),y
        beq \(name)_flat
        jsr carry\(place + 1)
        jmp \(name)_loss
      \(name)_flat:
        jsr stored
      \(name)_loss:
        lda keep
        beq \(name)_add
        jsr keep_loss
        lda result
        sta (sums_low),y
        lda result+1
        sta (sums_high),y
        lda level
        sta (results),y
      """
  }

  private func lastChange(_ place: Int) -> String {
    let (low, high) = trial(place)
    return """
        jsr fetch\(place)
        ldx unit
        clc
        lda \(low),x
        adc change
        sta \(low),x
        lda \(high),x
        adc change+1
        sta \(high),x
        jsr settle\(place)
        lda keep
        beq try\(place)_add
        jsr keep_loss
      """
  }
}
