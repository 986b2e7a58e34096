import type { Quote } from '../api/types';
import { plainText } from '../model/markdown';
import { words } from '../words';
import { Name } from './Name';

/** A letter on one line: who wrote it, and how it begins. */
export function QuoteOf({ quote, name }: { quote: Quote; name: string }) {
  return (
    <span className="quote-text">
      <span className="quote-who">{quote.mine ? words.you : <Name of={name} />}</span>
      <span className="quote-word" dir="auto">
        {quote.text === '' ? words.say.gone : plainText(quote.text)}
      </span>
    </span>
  );
}
