package dev.offload.spring;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;
import org.springframework.context.expression.MethodBasedEvaluationContext;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.EvaluationException;
import org.springframework.expression.Expression;

import dev.offload.OffloadException;
import dev.offload.OffloadExecutor;
import dev.offload.TaskOptions;

/**
 * The options of a method's calls that are made of their arguments. They are evaluated in
 * the service, on the caller's thread. Safe for use by many threads.
 *
 * @param method the method
 * @param priority how urgent a call is, {@code null} if that is the same for all
 * @param key what names the work of a call, {@code null} for what the executor makes
 * @param fairKey on whose behalf a call runs, {@code null} for nobody's
 */
record CallExpressions(Method method, @Nullable Expression priority, @Nullable Expression key,
		@Nullable Expression fairKey) {

	static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

	// The options of one call: those that are the same for all, and its own.
	TaskOptions evaluate(OffloadExecutor executor, @Nullable Object[] arguments, TaskOptions fixed) {
		EvaluationContext context = new MethodBasedEvaluationContext(NoRoot.INSTANCE, this.method, arguments, NAMES);
		TaskOptions options = fixed;
		if (this.priority != null) {
			options = options.withPriority(number(executor, this.priority, context));
		}
		Object work = value(executor, "key", this.key, context);
		options = (work != null) ? options.withKey(work.toString()) : options;
		Object tenant = value(executor, "fairKey", this.fairKey, context);
		return (tenant != null) ? options.withFairKey(tenant.toString()) : options;
	}

	private int number(OffloadExecutor executor, Expression expression, EvaluationContext context) {
		Object value = value(executor, "priority", expression, context);
		if (value instanceof Number number && number.doubleValue() == number.intValue()) {
			return number.intValue();
		}
		throw new OffloadException(executor.name(),
				describe("priority", expression) + " has the value " + value
						+ ", which is not a whole number such as -1, 0 or 10 that an int can hold; lower goes first",
				null);
	}

	private @Nullable Object value(OffloadExecutor executor, String attribute, @Nullable Expression expression,
			EvaluationContext context) {
		try {
			return (expression != null) ? expression.getValue(context) : null;
		}
		catch (EvaluationException ex) {
			throw new OffloadException(executor.name(), describe(attribute, expression)
					+ " cannot be evaluated for the arguments of this call, which is not made: " + ex.getMessage(), ex);
		}
	}

	private String describe(String attribute, Expression expression) {
		return "The " + attribute + " '" + expression.getExpressionString() + "' of @OffloadTo of "
				+ this.method.getDeclaringClass().getName() + "." + this.method.getName();
	}

	/**
	 * Nothing that an expression could mean: all it knows are the arguments.
	 */
	private enum NoRoot {

		INSTANCE

	}

}
