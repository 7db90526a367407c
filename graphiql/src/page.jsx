// The page to try queries on: GraphiQL, and above it the fields that say who asks, as whom and why.
import 'graphiql/graphiql.css';
import './page.css';
import { GraphiQL } from 'graphiql';
import { useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Asker } from './asker.jsx';
import { fetcherFor } from './fetcher.js';

const START = `# Put a token into the field above: lookedafter token --role analyst --authority E09000015
{
  viewer {
    role
    authorities {
      onsCode
      name
    }
  }
}
`;

// Queries stay in this tab and go with it; GraphiQL would keep them in the browser for good. Headers have their own fields,
// because GraphiQL's would be kept with the queries.
const storage = window.sessionStorage;

function Page() {
  const [asker, setAsker] = useState({ token: '', role: '', purpose: '' });
  // Another fetcher makes GraphiQL read the schema again, so that completion knows what this asker may see.
  const fetcher = useMemo(() => fetcherFor(asker), [asker]);
  return (
    <>
      <Asker asker={asker} fetcher={fetcher} onChange={setAsker} />
      <main>
        <GraphiQL fetcher={fetcher} defaultQuery={START} storage={storage} isHeadersEditorEnabled={false}
          shouldPersistHeaders={false} showPersistHeadersSettings={false} />
      </main>
    </>
  );
}

createRoot(document.getElementById('page')).render(<Page />);
