package dev.offload.spring;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.expression.Expression;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.util.StringUtils;

import dev.offload.ConcurrencyLimit;
import dev.offload.OverloadPolicy;
import dev.offload.TaskOptions;
import dev.offload.spring.CallExpressions.Term;

/**
 * Reads the attributes of one method's annotation. What is wrong is an
 * {@link IllegalArgumentException} that names the method, the attribute and its value.
 */
final class TermsReader {

	private static final String NO_DURATION = ", which is not a duration such as 30s or PT30S, or 0 for no limit";

	private final Method method;

	private final UnaryOperator<String> placeholders;

	private final ExpressionReader expressions;

	TermsReader(Method method, UnaryOperator<String> placeholders) {
		this.method = method;
		this.placeholders = placeholders;
		this.expressions = new ExpressionReader(method);
	}

	CallTerms read(OffloadTo offload) {
		TaskOptions options = TaskOptions.DEFAULTS;
		Duration timeout = duration("timeout", offload.timeout());
		Duration queueTimeout = duration("queueTimeout", offload.queueTimeout());
		options = (timeout != null) ? options.withTimeout(timeout) : options;
		options = (queueTimeout != null) ? options.withQueueTimeout(queueTimeout) : options;
		String priority = resolve(offload.priority());
		Integer number = number(priority);
		options = options.withPriority((number != null) ? number : 0);
		ConcurrencyLimit limit = limit(offload);
		options = (limit != null) ? options.withConcurrency(limit) : options;
		CallForm form = telling(() -> CallForm.of(this.method, offload.mode()));
		return new CallTerms(form, options, telling(() -> retry(offload.retry(), form)),
				expressions(offload, (number != null) ? "" : priority), limit != null && isScheduled());
	}

	private @Nullable RetryTerms retry(OffloadRetry said, CallForm form) {
		RetryTerms terms = RetryTerms.of(said, this::duration);
		if (terms != null && form.itemByItem() && terms.triesAgain()) {
			throw new IllegalArgumentException(
					"has retry, but its items travel one by one and cannot be taken back, so "
							+ "it is not tried again; leave out all of retry but its quarantine, or return a list or a future "
							+ "of one");
		}
		return terms;
	}

	private @Nullable CallExpressions expressions(OffloadTo offload, String priority) {
		Map<Term, Expression> terms = new EnumMap<>(Term.class);
		put(terms, Term.PRIORITY, priority);
		put(terms, Term.LABEL, resolve(offload.label()));
		put(terms, Term.KEY, resolve(offload.key()));
		put(terms, Term.FAIR_KEY, resolve(offload.fairKey()));
		Map<String, Expression> metadata = metadata(offload);
		return (terms.isEmpty() && metadata.isEmpty()) ? null : new CallExpressions(this.method, terms, metadata);
	}

	private void put(Map<Term, Expression> terms, Term term, String text) {
		if (!text.isEmpty()) {
			terms.put(term, expression(term.attribute(), text));
		}
	}

	private Map<String, Expression> metadata(OffloadTo offload) {
		Map<String, Expression> metadata = new LinkedHashMap<>();
		for (String each : offload.metadata()) {
			String text = resolve(each);
			String name = text.substring(0, Math.max(0, text.indexOf('='))).strip();
			String value = text.substring(text.indexOf('=') + 1).strip();
			if (name.isEmpty() || value.isEmpty()) {
				throw new IllegalArgumentException(
						wrong("metadata", text) + ", which is not a name and an expression such as tenant=#tenant");
			}
			if (metadata.put(name, expression("metadata " + name, value)) != null) {
				throw new IllegalArgumentException(wrong("metadata", text) + ", which names " + name + " twice");
			}
		}
		return metadata;
	}

	private static @Nullable Integer number(String text) {
		try {
			return text.isEmpty() ? null : Integer.valueOf(text);
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	private Expression expression(String attribute, String text) {
		try {
			return attribute.equals("priority") ? this.expressions.readNumber(text) : this.expressions.read(text);
		}
		catch (IllegalArgumentException ex) {
			String also = attribute.equals("priority")
					? ", which is not a whole number such as -1, 0 or 10 of which lower goes first, and " : ", ";
			String quotes = attribute.equals("label") ? ". A text stands in quotes, such as 'Invoice'" : "";
			throw new IllegalArgumentException(wrong(attribute, text) + also + ex.getMessage() + quotes, ex);
		}
	}

	private @Nullable ConcurrencyLimit limit(OffloadTo offload) {
		if (offload.whenBusy() == OverloadPolicy.CALLER_RUNS) {
			throw new IllegalArgumentException(wrong("whenBusy", "CALLER_RUNS") + ", which must be REJECT or WAIT");
		}
		String text = resolve(offload.maxConcurrentString());
		Integer number = text.isEmpty() ? Integer.valueOf(offload.maxConcurrent()) : number(text);
		if (number == null || number < 0) {
			throw new IllegalArgumentException(wrong("maxConcurrent", text.isEmpty() ? String.valueOf(number) : text)
					+ ", which is not a whole number such as 1, or 0 for no limit");
		}
		if (!text.isEmpty() && offload.maxConcurrent() != 0) {
			throw new IllegalArgumentException(wrong("maxConcurrentString", text) + " and maxConcurrent '"
					+ offload.maxConcurrent() + "'; say one of them");
		}
		return (number == 0) ? null : new ConcurrencyLimit(signature(), number, offload.whenBusy());
	}

	private String signature() {
		return Arrays.stream(this.method.getParameterTypes())
			.map(Class::getTypeName)
			.collect(Collectors.joining(",",
					this.method.getDeclaringClass().getName() + "." + this.method.getName() + "(", ")"));
	}

	// Whom a scheduler calls there is nobody to whom a refusal could be told.
	private boolean isScheduled() {
		return this.method.getReturnType() == void.class
				&& MergedAnnotations.from(this.method, SearchStrategy.TYPE_HIERARCHY).isPresent(Scheduled.class);
	}

	private @Nullable Duration duration(String attribute, String text) {
		String resolved = resolve(text);
		if (!StringUtils.hasText(resolved)) {
			return null;
		}
		try {
			Duration duration = DurationStyle.detectAndParse(resolved);
			if (!duration.isNegative()) {
				return duration;
			}
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(wrong(attribute, resolved) + NO_DURATION, ex);
		}
		throw new IllegalArgumentException(wrong(attribute, resolved) + NO_DURATION);
	}

	// Names the method in what else is wrong.
	private <T extends @Nullable Object> T telling(Supplier<T> step) {
		try {
			return step.get();
		}
		catch (IllegalArgumentException ex) {
			String message = String.valueOf(ex.getMessage());
			throw message.startsWith("@OffloadTo") ? ex : new IllegalArgumentException(described() + message, ex);
		}
	}

	private String wrong(String attribute, String value) {
		return described() + "has " + attribute + " '" + value + "'";
	}

	private String described() {
		return "@OffloadTo of " + this.method.getDeclaringClass().getName() + "." + this.method.getName() + " ";
	}

	private String resolve(String text) {
		return this.placeholders.apply(text).strip();
	}

}
