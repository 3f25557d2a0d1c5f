/** A software OMNIPOWER electricity meter: what it measures, and its objects. */
module io.dlms4j.omnipower {
  requires transitive io.dlms4j.cosem;
  requires transitive io.dlms4j.server;
  requires static transitive org.jspecify;

  exports io.dlms4j.omnipower;
  exports io.dlms4j.omnipower.backend;
  exports io.dlms4j.omnipower.catalogue;
  exports io.dlms4j.omnipower.configuration;
  exports io.dlms4j.omnipower.engine;
  exports io.dlms4j.omnipower.measurement;
  exports io.dlms4j.omnipower.replay;
  exports io.dlms4j.omnipower.store;
}
