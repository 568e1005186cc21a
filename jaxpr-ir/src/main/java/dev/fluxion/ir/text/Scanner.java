package dev.fluxion.ir.text;

import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;

/** Reads a text piece by piece, blanks between the pieces skipped, and tells where it failed. */
final class Scanner {
    /** Parameters nested deeper than this are refused, before the stack ends. */
    private static final int MAX_DEPTH = 100;

    private final String text;
    private int position;
    private int depth;

    Scanner(String text) {
        this.text = text;
        skipBlanks();
    }

    int position() {
        return position;
    }

    void reset(int earlier) {
        position = earlier;
    }

    boolean atEnd() {
        return position == text.length();
    }

    /** The next character, or 0 at the end. */
    char peek() {
        return peek(0);
    }

    private char peek(int ahead) {
        return position + ahead < text.length() ? text.charAt(position + ahead) : 0;
    }

    /** Reads {@code mark} if it is next. */
    boolean accept(String mark) {
        if (!text.startsWith(mark, position)) {
            return false;
        }
        position += mark.length();
        skipBlanks();
        return true;
    }

    void expect(String mark) {
        if (!accept(mark)) {
            throw expected("'" + mark + "'");
        }
    }

    /** The word at this place, or an empty text; reads nothing. */
    String peekWord() {
        int end = position;
        while (end < text.length() && isWordPart(text.charAt(end), end > position)) {
            end++;
        }
        return text.substring(position, end);
    }

    /** A word: a letter or underscore, then letters, digits and underscores. */
    String word(String what) {
        String word = peekWord();
        if (word.isEmpty()) {
            throw expected(what);
        }
        advance(word.length());
        return word;
    }

    void expectWord(String word) {
        if (!peekWord().equals(word)) {
            throw expected("'" + word + "'");
        }
        advance(word.length());
    }

    /** A run of characters that stand in numbers: digits, letters, signs behind e, points. */
    String number(String what) {
        int end = position;
        while (end < text.length() && isNumberPart(end)) {
            end++;
        }
        if (end == position) {
            throw expected(what);
        }
        String number = text.substring(position, end);
        advance(number.length());
        return number;
    }

    private boolean isNumberPart(int at) {
        char c = text.charAt(at);
        boolean sign = c == '-' || c == '+';
        return isWordPart(c, true) || c == '.' || (sign && (at == position || isExponentMark(text.charAt(at - 1))));
    }

    private static boolean isExponentMark(char c) {
        return c == 'e' || c == 'E';
    }

    int integer() {
        int start = position;
        String number = number("an integer");
        try {
            return Integer.parseInt(number);
        } catch (NumberFormatException e) {
            throw wrong(start, "expected an integer of 32 bits").detail("found '" + abbreviate(number) + "'");
        }
    }

    /** A name without blanks, or one in double quotes. */
    String string() {
        if (peek() != '"') {
            int end = position;
            while (end < text.length() && " \t\r\n\"[](),=".indexOf(text.charAt(end)) < 0) {
                end++;
            }
            if (end == position) {
                throw expected("a name");
            }
            String bare = text.substring(position, end);
            advance(bare.length());
            return bare;
        }
        StringBuilder value = new StringBuilder();
        position++;
        while (peek() != '"') {
            if (atEnd()) {
                throw expected("'\"' at the end of the name");
            }
            value.append(character());
        }
        advance(1);
        return value.toString();
    }

    private char character() {
        char c = text.charAt(position++);
        if (c != '\\' || atEnd()) {
            return c;
        }
        char escaped = text.charAt(position++);
        return switch (escaped) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            default -> escaped;
        };
    }

    void enter() {
        if (++depth > MAX_DEPTH) {
            throw wrong(position, "parameters are nested more than " + MAX_DEPTH + " deep");
        }
    }

    void leave() {
        depth--;
    }

    FluxionException expected(String what) {
        return wrong(position, "expected " + what).detail("found " + found());
    }

    /** An error at a place, with the line it stands in. */
    FluxionException wrong(int at, String summary) {
        int lineEnd = text.indexOf('\n', at);
        String whole = text.substring(lineStart(at), lineEnd < 0 ? text.length() : lineEnd);
        return FluxionException.of(ErrorCode.BAD_TEXT, place(at) + ": " + summary)
                .detail("in " + abbreviate(whole.strip()));
    }

    /** {@code line 3, column 14}. */
    String place(int at) {
        long line = text.chars().limit(at).filter(c -> c == '\n').count() + 1;
        return "line " + line + ", column " + (at - lineStart(at) + 1);
    }

    private int lineStart(int at) {
        return text.lastIndexOf('\n', at - 1) + 1;
    }

    /** The refusal of something read at this place, unless it tells its place already. */
    RuntimeException relocate(int at, Throwable refusal) {
        return switch (refusal) {
            case FluxionException e when e.code() == ErrorCode.BAD_TEXT || e.code() == ErrorCode.LIMIT_EXCEEDED -> e;
            case FluxionException e ->
                wrong(at, "a value is refused").detail(e.getMessage().replace("\n", "\n  "));
            default -> wrong(at, "a value is refused").detail(String.valueOf(refusal));
        };
    }

    private String found() {
        if (atEnd()) {
            return "the end of the text";
        }
        String word = peekWord();
        return "'" + (word.isEmpty() ? String.valueOf(peek()) : abbreviate(word)) + "'";
    }

    static String abbreviate(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "...";
    }

    private void advance(int by) {
        position += by;
        skipBlanks();
    }

    private void skipBlanks() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private static boolean isWordPart(char c, boolean digitsToo) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (digitsToo && c >= '0' && c <= '9');
    }
}
