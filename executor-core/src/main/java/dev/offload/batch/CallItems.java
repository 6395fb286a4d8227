package dev.offload.batch;

import java.lang.reflect.Method;
import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Iterator;

import org.jspecify.annotations.Nullable;

/**
 * The arguments of calls as items: those of methods with one parameter as they are, which
 * are sent with less.
 *
 * @param method the method
 * @param argumentLists the arguments of each call
 */
record CallItems(Method method, Iterable<? extends @Nullable Object[]> argumentLists) {

	Iterable<?> asItems() {
		if (this.argumentLists instanceof Collection<?> known) {
			return new AbstractCollection<@Nullable Object>() {
				@Override
				public Iterator<@Nullable Object> iterator() {
					return items();
				}

				@Override
				public int size() {
					return known.size();
				}
			};
		}
		return (Iterable<@Nullable Object>) this::items;
	}

	private Iterator<@Nullable Object> items() {
		Iterator<? extends @Nullable Object[]> lists = this.argumentLists.iterator();
		return new Iterator<>() {
			@Override
			public boolean hasNext() {
				return lists.hasNext();
			}

			@Override
			public @Nullable Object next() {
				return item(lists.next());
			}
		};
	}

	private @Nullable Object item(@Nullable Object[] arguments) {
		int parameters = this.method.getParameterCount();
		if (arguments.length != parameters) {
			throw new IllegalArgumentException(this.method + " takes " + parameters + " argument(s), not "
					+ arguments.length + "; variable arguments are passed as one array");
		}
		return (parameters == 1) ? arguments[0] : arguments;
	}

}
