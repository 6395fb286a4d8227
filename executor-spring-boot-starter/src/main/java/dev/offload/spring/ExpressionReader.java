package dev.offload.spring;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.expression.Expression;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.BeanReference;
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.FunctionReference;
import org.springframework.expression.spel.ast.Indexer;
import org.springframework.expression.spel.ast.Literal;
import org.springframework.expression.spel.ast.MethodReference;
import org.springframework.expression.spel.ast.OpMinus;
import org.springframework.expression.spel.ast.Projection;
import org.springframework.expression.spel.ast.PropertyOrFieldReference;
import org.springframework.expression.spel.ast.Selection;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;

/**
 * Reads expressions on the arguments of a method, and says what they name that there is
 * not before the first call finds out.
 */
final class ExpressionReader {

	private static final SpelExpressionParser PARSER = new SpelExpressionParser();

	/** In the order of the parameters, {@code null} if it is not known. */
	private final @Nullable List<String> names;

	private final Set<String> places = new LinkedHashSet<>();

	ExpressionReader(Method method) {
		@Nullable String @Nullable [] found = CallExpressions.NAMES.getParameterNames(method);
		this.names = (found != null) ? Arrays.stream(found).map(String::valueOf).toList() : null;
		for (int i = 0; i < method.getParameterCount(); i++) {
			this.places.add("p" + i);
			this.places.add("a" + i);
		}
	}

	/**
	 * Reads an expression.
	 * @param text the expression
	 * @return the expression
	 * @throws IllegalArgumentException if it cannot be read or names something unknown;
	 * the message goes on after the expression
	 */
	Expression read(String text) {
		SpelExpression expression;
		try {
			expression = (SpelExpression) PARSER.parseExpression(text);
		}
		catch (ParseException ex) {
			throw new IllegalArgumentException("which is no expression of Spring: " + ex.getSimpleMessage(), ex);
		}
		check(expression.getAST(), false);
		return expression;
	}

	/**
	 * Reads an expression that is to have a whole number.
	 * @param text the expression
	 * @return the expression
	 * @throws IllegalArgumentException if it cannot be read, names something unknown or
	 * always has another value; the message goes on after the expression
	 */
	Expression readNumber(String text) {
		SpelExpression expression = (SpelExpression) read(text);
		if (isLiteral(expression.getAST()) && !CallExpressions.isWhole(expression.getValue())) {
			throw new IllegalArgumentException("which is the same for each call: write a whole number, or an "
					+ "expression that has one and can use " + known());
		}
		return expression;
	}

	private static boolean isLiteral(SpelNode node) {
		return node instanceof Literal || (node instanceof OpMinus && node.getChildCount() == 1
				&& node.getChild(0) instanceof Literal number && number.getLiteralValue().getValue() instanceof Number);
	}

	// Inside of an element of a collection a name without # is one of that element.
	private void check(SpelNode node, boolean ofElement) {
		if (node instanceof VariableReference) {
			checkVariable(node.toStringAST(), ofElement);
		}
		else if (node instanceof BeanReference || node instanceof FunctionReference) {
			throw new IllegalArgumentException("which names " + node.toStringAST()
					+ ", and there are neither beans nor functions: it can use " + known());
		}
		else if (!ofElement && (node instanceof PropertyOrFieldReference || node instanceof MethodReference)) {
			throw new IllegalArgumentException("which names " + node.toStringAST()
					+ " of nothing; write # before the name of a parameter: it can use " + known());
		}
		boolean elements = ofElement || node instanceof Projection || node instanceof Selection
				|| node instanceof Indexer;
		for (int i = 0; i < node.getChildCount(); i++) {
			SpelNode child = node.getChild(i);
			if (node instanceof CompoundExpression && i > 0) {
				checkArguments(child, elements);
			}
			else {
				check(child, elements);
			}
		}
	}

	// A name after a dot is one of what stands before it.
	private void checkArguments(SpelNode member, boolean ofElement) {
		boolean elements = ofElement || member instanceof Projection || member instanceof Selection
				|| member instanceof Indexer;
		for (int i = 0; i < member.getChildCount(); i++) {
			check(member.getChild(i), elements);
		}
	}

	private void checkVariable(String reference, boolean ofElement) {
		String name = reference.substring(1);
		if (name.equals("this") ? !ofElement : !isKnown(name)) {
			throw new IllegalArgumentException("which names #" + name + ", and there is no such parameter: it can use "
					+ known() + ((this.names != null) ? "" : "; compile with -parameters to use their names"));
		}
	}

	private boolean isKnown(String name) {
		return (this.names != null && this.names.contains(name)) || this.places.contains(name);
	}

	private String known() {
		List<String> known = (this.names != null) ? this.names : List.copyOf(this.places);
		return known.isEmpty() ? "nothing, for the method takes nothing" : "#" + String.join(", #", known);
	}

}
