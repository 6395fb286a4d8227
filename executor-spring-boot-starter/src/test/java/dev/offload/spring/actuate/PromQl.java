package dev.offload.spring.actuate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an expression of PromQL asks for: metrics with the labels that must match, and the
 * labels that it groups by. It reads as much of the language as is used here, and refuses
 * the rest.
 */
final class PromQl {

	private static final Pattern TOKEN = Pattern.compile("\\s*(?:(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)"
			+ "|(?<text>\"(?:[^\"\\\\]|\\\\.)*\")|(?<range>\\[(?:\\$__rate_interval|[0-9]+[smhd])])"
			+ "|(?<number>[0-9.]+)|(?<sign>=~|!~|!=|>=|<=|==|[-+*/(){},=<>]))");

	private static final Set<String> FUNCTIONS = Set.of("sum", "max", "min_over_time", "rate", "increase",
			"histogram_quantile", "label_values");

	private static final Set<String> GROUPINGS = Set.of("by", "on", "ignoring", "without");

	private static final Set<String> OPERATORS = Set.of("and", "or", "unless");

	private final List<String> tokens = new ArrayList<>();

	private final List<Selector> selectors = new ArrayList<>();

	private final Set<String> groupings = new TreeSet<>();

	private int next;

	PromQl(String expression) {
		String text = expression.strip();
		Matcher matcher = TOKEN.matcher(text);
		int end = 0;
		while (end < text.length()) {
			if (!matcher.find(end) || matcher.start() != end) {
				throw new IllegalArgumentException("Not understood: " + text.substring(end));
			}
			this.tokens.add(matcher.group().strip());
			end = matcher.end();
		}
		requireBalance();
		while (this.next < this.tokens.size()) {
			read(take());
		}
	}

	private void requireBalance() {
		Deque<String> open = new ArrayDeque<>();
		for (String token : this.tokens) {
			if ("({".contains(token)) {
				open.push(token);
			}
			else if (")}".contains(token) && (open.isEmpty() || !open.pop().equals(token.equals(")") ? "(" : "{"))) {
				throw new IllegalArgumentException("Too many " + token + " in " + this.tokens);
			}
		}
		if (!open.isEmpty()) {
			throw new IllegalArgumentException("Not closed: " + open + " in " + this.tokens);
		}
	}

	private void read(String token) {
		if (!Character.isLetter(token.charAt(0)) || OPERATORS.contains(token)) {
			return;
		}
		if (GROUPINGS.contains(token)) {
			until("(", ")").forEach(this.groupings::add);
		}
		else if (peek().equals("(") || GROUPINGS.contains(peek())) {
			if (!FUNCTIONS.contains(token)) {
				throw new IllegalArgumentException("No function is known as " + token);
			}
		}
		else if (peek().equals("{")) {
			this.selectors.add(new Selector(token, matches(until("{", "}"))));
		}
		else if (peek().equals(")") && this.tokens.get(0).equals("label_values")) {
			// Of Grafana: the label whose values are wanted.
			this.groupings.add(token);
		}
		else {
			this.selectors.add(new Selector(token, List.of()));
		}
	}

	private static List<Match> matches(List<String> tokens) {
		List<Match> matches = new ArrayList<>();
		for (int i = 0; i < tokens.size(); i += 3) {
			String quoted = tokens.get(i + 2);
			matches.add(new Match(tokens.get(i), quoted.substring(1, quoted.length() - 1)));
		}
		return matches;
	}

	// What stands between the signs, without commas.
	private List<String> until(String first, String last) {
		if (!take().equals(first)) {
			throw new IllegalArgumentException("There should be " + first + " in " + this.tokens);
		}
		List<String> found = new ArrayList<>();
		for (String token = take(); !token.equals(last); token = take()) {
			if (!token.equals(",")) {
				found.add(token);
			}
		}
		return found;
	}

	private String peek() {
		return (this.next < this.tokens.size()) ? this.tokens.get(this.next) : "";
	}

	private String take() {
		return this.tokens.get(this.next++);
	}

	List<Selector> selectors() {
		return this.selectors;
	}

	Set<String> groupings() {
		return this.groupings;
	}

	/**
	 * A metric that is asked for.
	 *
	 * @param metric its name
	 * @param matches what its labels must be
	 */
	record Selector(String metric, List<Match> matches) {

	}

	/**
	 * What a label must be.
	 *
	 * @param label the label
	 * @param value a value, or several with bars between them
	 */
	record Match(String label, String value) {

	}

}
