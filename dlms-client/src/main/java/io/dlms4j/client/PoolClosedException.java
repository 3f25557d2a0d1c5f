package io.dlms4j.client;

import io.dlms4j.cosem.DlmsException;

/** A job was given to a pool that is closed, or was not over when it was. */
public final class PoolClosedException extends DlmsException {
  private static final long serialVersionUID = 1L;

  PoolClosedException() {
    super(
        Origin.LOCAL, Scope.ASSOCIATION, "the pool of clients was closed before the job was over");
  }
}
