package io.dlms4j.examples.cli.syntax;

import io.dlms4j.axdr.AxdrWriter;

/** A type of the abstract syntax: how it is read from octets, and written from JSON. */
interface Type extends Reading {
  /**
   * Writes what {@link Reading#read} gave for JSON.
   *
   * @throws JsonException if it is no form of this type
   */
  void write(Json from, AxdrWriter to);
}
