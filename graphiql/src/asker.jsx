// Who asks, as whom and why. The token is kept in the memory of this page alone, and is gone when it is left or loaded again.
import { useEffect, useState } from 'react';
import { PURPOSES, rolesOf } from './choices.js';

export function Asker({ asker, fetcher, onChange }) {
  const [typed, setTyped] = useState(asker);
  const type = (name) => ({ target }) => setTyped({ ...typed, [name]: target.value.trim() });
  const use = (event) => {
    event.preventDefault();
    onChange(typed);
  };
  return (
    <form className="asker" onSubmit={use} aria-label="Who asks">
      <label>
        Token
        <input name="token" type="password" autoComplete="off" spellCheck={false} value={typed.token} onChange={type('token')} />
      </label>
      <Choice name="role" label="Role" choices={rolesOf(typed.token)} value={typed.role} onChange={type('role')} />
      <Choice name="purpose" label="Purpose" choices={PURPOSES} value={typed.purpose} onChange={type('purpose')} />
      <button type="submit">Use</button>
      <Told fetcher={fetcher} />
      <a href="graphiql/licences.txt">Licences</a>
    </form>
  );
}

function Choice({ name, label, choices, value, onChange }) {
  return (
    <label>
      {label}
      <input name={name} list={`${name}s`} autoComplete="off" spellCheck={false} value={value} onChange={onChange} />
      <datalist id={`${name}s`}>
        {choices.map((choice) => <option key={choice} value={choice} />)}
      </datalist>
    </label>
  );
}

// As whom the server sees the asker, in its own words.
function Told({ fetcher }) {
  const [told, setTold] = useState('');
  useEffect(() => {
    let current = true;
    const tell = (text) => current && setTold(text);
    fetcher({ query: '{ viewer { role } }' }).then(
      ({ data, errors }) => tell(errors?.[0]?.message ?? `You ask as ${data.viewer.role}.`),
      () => tell('The server does not answer.'),
    );
    return () => {
      current = false;
    };
  }, [fetcher]);
  return <output>{told}</output>;
}
