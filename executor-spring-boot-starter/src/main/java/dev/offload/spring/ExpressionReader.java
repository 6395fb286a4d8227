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
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.Indexer;
import org.springframework.expression.spel.ast.MethodReference;
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

	/** Is in each expression what it is about just now. */
	private static final Set<String> OF_SPEL = Set.of("this", "root");

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

	// Inside of an element of a collection a name without # is one of that element.
	private void check(SpelNode node, boolean ofElement) {
		if (node instanceof VariableReference) {
			checkVariable(node.toStringAST());
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
				checkArguments(child);
			}
			else {
				check(child, elements);
			}
		}
	}

	// A name after a dot is one of what stands before it.
	private void checkArguments(SpelNode member) {
		boolean elements = member instanceof Projection || member instanceof Selection || member instanceof Indexer;
		for (int i = 0; i < member.getChildCount(); i++) {
			check(member.getChild(i), elements);
		}
	}

	private void checkVariable(String reference) {
		String name = reference.substring(1);
		if (!isKnown(name)) {
			throw new IllegalArgumentException("which names #" + name + ", and there is no such parameter: it can use "
					+ known() + ((this.names != null) ? "" : "; compile with -parameters to use their names"));
		}
	}

	private boolean isKnown(String name) {
		return (this.names != null && this.names.contains(name)) || this.places.contains(name)
				|| OF_SPEL.contains(name);
	}

	private String known() {
		List<String> known = (this.names != null) ? this.names : List.copyOf(this.places);
		return known.isEmpty() ? "nothing, for the method takes nothing" : "#" + String.join(", #", known);
	}

}
