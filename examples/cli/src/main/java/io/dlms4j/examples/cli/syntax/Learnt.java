package io.dlms4j.examples.cli.syntax;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.Octets;
import java.util.function.BiConsumer;

/** A type that fills what is left, and what a session learns of it for APDUs that follow. */
record Learnt(Type contents, BiConsumer<Session, Octets> learn) implements Type {
  @Override
  public void read(Walk in) {
    Octets octets = in.rest();
    contents.read(in);
    Session session = in.session();
    if (session != null) {
      learn.accept(session, octets);
    }
  }

  @Override
  public void write(Json from, AxdrWriter to) {
    contents.write(from, to);
  }
}
