package dev.offload.spring;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.context.expression.MethodBasedEvaluationContext;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.Expression;

import dev.offload.OffloadException;
import dev.offload.OffloadExecutor;
import dev.offload.TaskOptions;

/**
 * The options of a method's calls that are made of their arguments. They are evaluated in
 * the service, on the caller's thread. Safe for use by many threads.
 *
 * @param method the method
 * @param terms those of attributes that have one value each
 * @param metadata those of metadata, by its names
 */
record CallExpressions(Method method, Map<Term, Expression> terms, Map<String, Expression> metadata) {

	/** In characters; more says no more in a list. */
	private static final int MAX_LABEL = 200;

	private static final int MAX_VALUE = 1000;

	static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

	// The options of one call: those that are the same for all, and its own.
	TaskOptions evaluate(OffloadExecutor executor, @Nullable Object[] arguments, TaskOptions fixed) {
		EvaluationContext context = new MethodBasedEvaluationContext(NoRoot.INSTANCE, this.method, arguments, NAMES);
		TaskOptions options = fixed;
		for (Map.Entry<Term, Expression> each : this.terms.entrySet()) {
			options = with(options, executor, each, context);
		}
		return this.metadata.isEmpty() ? options : withMetadata(options, executor, context);
	}

	private TaskOptions with(TaskOptions options, OffloadExecutor executor, Map.Entry<Term, Expression> each,
			EvaluationContext context) {
		Term term = each.getKey();
		if (term == Term.PRIORITY) {
			return options.withPriority(number(executor, each.getValue(), context));
		}
		String text = text(executor, term.attribute(), each.getValue(), context);
		if (text == null) {
			return options;
		}
		return switch (term) {
			case LABEL -> options.withLabel(line(text, MAX_LABEL));
			case KEY -> options.withKey(text);
			default -> options.withFairKey(text);
		};
	}

	private TaskOptions withMetadata(TaskOptions options, OffloadExecutor executor, EvaluationContext context) {
		Map<String, String> values = new HashMap<>();
		this.metadata.forEach((name, expression) -> {
			String value = text(executor, "metadata " + name, expression, context);
			if (value != null) {
				values.put(name, line(value, MAX_VALUE));
			}
		});
		return values.isEmpty() ? options : options.withMetadata(values);
	}

	// What users have given is shown in logs and lists, where it must not begin a line of
	// its own.
	private static String line(String text, int most) {
		String cut = (text.length() <= most) ? text : text.substring(0, most) + "...";
		return cut.codePoints().anyMatch(Character::isISOControl) ? cut.codePoints()
			.map((each) -> Character.isISOControl(each) ? ' ' : each)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString() : cut;
	}

	static boolean isWhole(@Nullable Object value) {
		return value instanceof Number number && number.doubleValue() == number.intValue();
	}

	private int number(OffloadExecutor executor, Expression expression, EvaluationContext context) {
		Object value = evaluate(executor, "priority", expression, () -> expression.getValue(context));
		if (value instanceof Number number && isWhole(number)) {
			return number.intValue();
		}
		throw new OffloadException(executor.name(),
				describe("priority", expression) + " has the value " + value
						+ ", which is not a whole number such as -1, 0 or 10 that an int can hold; lower goes first",
				null);
	}

	private @Nullable String text(OffloadExecutor executor, String attribute, Expression expression,
			EvaluationContext context) {
		return (String) evaluate(executor, attribute, expression, () -> {
			Object value = expression.getValue(context);
			if (value != null && value.getClass().isArray()) {
				throw new IllegalArgumentException("its value is a " + value.getClass().getTypeName()
						+ ", and the text of an array is another one for each array; take a text or a number, such as "
						+ "T(java.util.Arrays).toString(...) of a short one");
			}
			return (value != null) ? value.toString() : null;
		});
	}

	// Also methods of arguments may fail, with whatever they like.
	private @Nullable Object evaluate(OffloadExecutor executor, String attribute, Expression expression,
			Supplier<@Nullable Object> step) {
		try {
			return step.get();
		}
		catch (RuntimeException ex) {
			throw new OffloadException(executor.name(), describe(attribute, expression)
					+ " cannot be evaluated for the arguments of this call, which is not made: " + ex.getMessage(), ex);
		}
	}

	private String describe(String attribute, Expression expression) {
		return "The " + attribute + " '" + expression.getExpressionString() + "' of @OffloadTo of "
				+ this.method.getDeclaringClass().getName() + "." + this.method.getName();
	}

	/**
	 * An attribute that may be an expression with one value.
	 */
	enum Term {

		PRIORITY("priority"), LABEL("label"), KEY("key"), FAIR_KEY("fairKey");

		private final String attribute;

		Term(String attribute) {
			this.attribute = attribute;
		}

		String attribute() {
			return this.attribute;
		}

	}

	/**
	 * Nothing that an expression could mean: all it knows are the arguments.
	 */
	private enum NoRoot {

		INSTANCE

	}

}
