package org.fer4j.examples.output;

/** Text inside HTML. */
final class Html {

  private Html() {}

  /** Returns text as it may stand in an element or in a quoted attribute. */
  static String text(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
