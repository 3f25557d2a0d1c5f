/** A software OMNIPOWER electricity meter: what it measures, and what its objects are bound to. */
module io.dlms4j.omnipower {
  requires static transitive org.jspecify;

  exports io.dlms4j.omnipower.backend;
  exports io.dlms4j.omnipower.engine;
}
