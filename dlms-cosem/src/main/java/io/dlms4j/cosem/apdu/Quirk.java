package io.dlms4j.cosem.apdu;

/** A habit of some meters that the standard allows or tolerates, to be imitated on request. */
public enum Quirk {
  /**
   * The length of a data block is written in three octets ({@code 82 hh ll}) even where fewer would
   * do. K351C and its relatives do so (vendor's DLMS description, chapter 4). Blocks of one or two
   * octets keep the short form: with the least PDU size, 12, there is no room for the long one.
   */
  LONG_RAW_DATA_LENGTH,
  /**
   * Data blocks end between two elements of the outermost array: a block holds whole rows (vendor's
   * DLMS description, chapter 4).
   */
  WHOLE_ELEMENTS_IN_BLOCKS
}
